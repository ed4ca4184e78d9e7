"""Handles one request with handle_request and ends.

Fails: SRV-01, SRV-07 (like: one-client)
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
socketserver.ThreadingTCPServer.daemon_threads = False
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.handle_request()
server.server_close()
