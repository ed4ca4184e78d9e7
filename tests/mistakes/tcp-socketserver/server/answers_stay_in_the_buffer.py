"""Buffers what it writes, and never flushes it.

Fails: ECH-01
"""

import socketserver


class MyServer(socketserver.StreamRequestHandler):
    wbufsize = -1

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


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
