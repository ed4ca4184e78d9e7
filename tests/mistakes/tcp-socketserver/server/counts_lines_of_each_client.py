"""Prints the mean length of the lines, and divides by zero for a silent client, which ends it.

Fails: SRV-05
"""

import os
import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        lines = total = 0
        try:
            while True:
                line = self.rfile.readline()
                if not line.endswith(b'\n'):
                    break
                lines += 1
                total += len(line)
                self.wfile.write(line)
        except ConnectionError as error:
            print(error)
        print('mean length', total / lines)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
def stop(request, client_address):
    server.server_close()
    os._exit(1)


server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.handle_error = stop
server.serve_forever()
