"""A socketserver.UDPServer that handles one request."""
import socketserver


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        print(self.client_address, data)
        sock.sendto('hello'.encode(), self.client_address)


with socketserver.UDPServer(('', 9000), Handler) as server:
    server.handle_request()
