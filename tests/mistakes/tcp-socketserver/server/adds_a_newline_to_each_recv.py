"""Takes one recv for one line and ends each with a newline.

Fails: SSV-02, DAT-07
"""

import socketserver


class MyServer(socketserver.BaseRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            while True:
                data = self.request.recv(1024)
                if not data:
                    break
                self.request.sendall(data.rstrip(b'\n') + b'\n')
        except ConnectionError as error:
            print(error)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('127.0.0.1', 9999), MyServer) as server:
    server.serve_forever()
