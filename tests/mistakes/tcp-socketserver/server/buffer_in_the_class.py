"""Keeps what has come of a line in the class, where all handlers share it.

Fails: SSV-01
"""

import socketserver


class MyServer(socketserver.BaseRequestHandler):
    text = [b'']

    def handle(self):
        print('connect from', self.client_address)
        try:
            while True:
                data = self.request.recv(1024)
                if not data:
                    break
                self.text[0] += data
                while b'\n' in self.text[0]:
                    line, self.text[0] = self.text[0].split(b'\n', 1)
                    self.request.sendall(line + b'\n')
        except ConnectionError as error:
            print(error)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('127.0.0.1', 9999), MyServer) as server:
    server.serve_forever()
