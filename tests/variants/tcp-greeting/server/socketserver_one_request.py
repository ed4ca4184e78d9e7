"""A socketserver.TCPServer that handles one request."""
import socketserver


class Greeter(socketserver.BaseRequestHandler):
    def handle(self):
        print(self.client_address)
        self.request.sendall(b'hello')
        print(self.request.recv(1024))


class Server(socketserver.TCPServer):
    allow_reuse_address = True


with Server(('localhost', 9999), Greeter) as server:
    server.handle_request()
