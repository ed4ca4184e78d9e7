"""A socketserver.TCPServer that handles one request."""
import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.data = self.request.recv(1024).strip()
        print('{} wrote:'.format(self.client_address[0]))
        print(self.data)
        self.wfile.write(b'hello')


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(('localhost', 9999), Handler) as server:
    server.handle_request()
