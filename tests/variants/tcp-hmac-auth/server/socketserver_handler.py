"""A handler of socketserver with a base class that checks the client."""
import hashlib
import hmac
import os
import socketserver


class Checked(socketserver.StreamRequestHandler):
    rbufsize = 0

    def handle(self):
        try:
            challenge = os.urandom(32)
            self.wfile.write(challenge)
            answer = b''
            while len(answer) < 32:
                part = self.request.recv(32 - len(answer))
                if not part:
                    break
                answer += part
            mine = hmac.new(b'tutorial-secret', challenge, hashlib.sha256).digest()
            if hmac.compare_digest(mine, answer):
                self.wfile.write(b'welcome')
                self.serve()
        except ConnectionError as error:
            print(self.client_address, error)


class Echo(Checked):
    def serve(self):
        for data in iter(lambda: self.request.recv(1024), b''):
            self.request.sendall(data)


class Server(socketserver.TCPServer):
    allow_reuse_address = True


with Server(('0.0.0.0', 9999), Echo) as server:
    server.serve_forever()
