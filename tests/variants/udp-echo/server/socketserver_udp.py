"""A socketserver.UDPServer that handles requests until a flag is down."""
import socketserver


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        if not data:
            self.server.running = False
            return
        print(self.client_address, data.decode(errors='replace'))
        sock.sendto(data, self.client_address)


with socketserver.UDPServer(('localhost', 8001), Handler) as server:
    server.running = True
    while server.running:
        server.handle_request()
