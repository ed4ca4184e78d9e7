"""Makes a new file object for each line, and the old one has read ahead.

Fails: SSV-03, SSV-02
"""

import socketserver


class MyServer(socketserver.BaseRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            while True:
                line = self.request.makefile('rb').readline()
                if not line:
                    break
                self.request.sendall(line)
        except ConnectionError as error:
            print(error)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('127.0.0.1', 9999), MyServer) as server:
    server.serve_forever()
