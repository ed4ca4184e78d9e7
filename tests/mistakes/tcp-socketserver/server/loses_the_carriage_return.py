"""Takes a carriage return before the newline for a part of it.

Fails: ECH-01 (like: strips)
"""

import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            for line in self.rfile:
                self.wfile.write(line.rstrip(b'\r\n') + b'\n')
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
