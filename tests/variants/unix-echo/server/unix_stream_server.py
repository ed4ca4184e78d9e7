"""socketserver.UnixStreamServer with handle_request, its file removed on both sides of it."""

import contextlib
import os
import socketserver

PATH = '/tmp/echo/server.socket'


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        print('connected')
        while True:
            data = self.request.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            self.wfile.write(data)


with contextlib.suppress(FileNotFoundError):
    os.unlink(PATH)
with socketserver.UnixStreamServer(PATH, Handler) as server:
    print('listening on', server.server_address)
    server.handle_request()
os.unlink(PATH)
