"""Has no loop: handle returns after the first line, and the connection is closed.

Fails: ECH-02 (like: one-message)
"""

import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline()
        print(self.client_address, line)
        self.wfile.write(line)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('127.0.0.1', 9999), MyServer) as server:
    server.serve_forever()
