"""Knows its clients by host alone, so a second client of one machine takes the place of the first.

Fails: SRV-08 (like: shared-state)
"""

import socketserver


files = {}


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        files[self.client_address[0]] = out = self.wfile
        try:
            while True:
                line = self.rfile.readline()
                if not line.endswith(b'\n'):
                    break
                out.write(line)
                # the client may have connected again meanwhile
                out = files[self.client_address[0]]
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
