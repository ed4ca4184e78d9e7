"""Handles one request with a time limit, and ends when nobody has come.

Fails: LIF-04
"""

import socketserver


def give_up():
    raise SystemExit('nobody came')


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
server.timeout = 0.5
server.handle_timeout = give_up
server.handle_request()
server.serve_forever()
