"""Reads text, where a carriage return is a newline as well.

Fails: ECH-01
"""

import io
import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            for line in io.TextIOWrapper(self.rfile, 'utf-8', errors='replace'):
                self.wfile.write(line.encode())
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
