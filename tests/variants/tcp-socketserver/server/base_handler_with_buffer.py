"""BaseRequestHandler, which puts the lines together by itself."""
import socketserver


class Handler(socketserver.BaseRequestHandler):
    def setup(self):
        self.buffer = b''

    def handle(self):
        try:
            while data := self.request.recv(1024):
                self.buffer += data
                *lines, self.buffer = self.buffer.split(b'\n')
                for line in lines:
                    self.request.sendall(line + b'\n')
        except OSError as e:
            print(e)

    def finish(self):
        print('bye', self.client_address)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


Server(('', 9999), Handler).serve_forever()
