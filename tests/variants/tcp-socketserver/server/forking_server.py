"""A process for each client, by ForkingTCPServer (not on Windows)."""
import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        print('process for', self.client_address, flush=True)
        try:
            for line in self.rfile:
                self.wfile.write(line)
        except ConnectionError as e:
            print(e, flush=True)


socketserver.ForkingTCPServer.allow_reuse_address = True
with socketserver.ForkingTCPServer(('127.0.0.1', 9999), Handler) as server:
    server.serve_forever()
