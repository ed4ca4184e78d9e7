"""Names ThreadingMixIn behind TCPServer, whose process_request then wins.

Fails: SRV-07 (like: one-at-a-time)
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


class Server(socketserver.TCPServer, socketserver.ThreadingMixIn):
    allow_reuse_address = True
    daemon_threads = True


server = Server(('127.0.0.1', 9999), MyServer)
server.serve_forever()
