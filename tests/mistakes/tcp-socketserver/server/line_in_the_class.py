"""Keeps the line in the class, where the next one takes its place.

Fails: SRV-08, SSV-01 (like: shared-state)
"""

import socketserver
import time


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            for line in self.rfile:
                MyServer.line = line
                time.sleep(0.2)
                self.wfile.write(MyServer.line)
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
