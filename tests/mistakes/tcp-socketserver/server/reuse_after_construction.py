"""Sets allow_reuse_address when the constructor has bound already.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            while True:
                line = self.rfile.readline()
                if not line.endswith(b'\n'):
                    break
                self.wfile.write(line)
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.allow_reuse_address = True
server.serve_forever()
