"""Closes all connections when one client has aborted its own.

Fails: SRV-09
"""

import socket
import socketserver


class MyServer(socketserver.StreamRequestHandler):
    clients = []

    def handle(self):
        print('connect from', self.client_address)
        self.clients.append(self.request)
        try:
            while True:
                line = self.rfile.readline()
                if not line.endswith(b'\n'):
                    break
                self.wfile.write(line)
        except ConnectionError as error:
            print(error)
            while self.clients:
                client = self.clients.pop()
                try:
                    client.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
