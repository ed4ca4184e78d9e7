"""Waits for a key before it serves anybody.

Fails: LIF-03 (like: key-before-accept)
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


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
input('press Enter to start ')
server.serve_forever()
