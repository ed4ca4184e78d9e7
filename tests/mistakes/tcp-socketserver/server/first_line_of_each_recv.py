"""Answers the first line of what recv returned, and forgets the others.

Fails: SSV-03
"""

import socketserver


class MyServer(socketserver.BaseRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            text = b''
            while True:
                data = self.request.recv(1024)
                if not data:
                    break
                text += data
                if text.endswith(b'\n'):
                    self.request.sendall(text.split(b'\n')[0] + b'\n')
                    text = b''
                elif b'\n' in text:
                    line, text = text.rsplit(b'\n', 1)
                    self.request.sendall(line + b'\n')
        except ConnectionError as error:
            print(error)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('127.0.0.1', 9999), MyServer) as server:
    server.serve_forever()
