"""socketserver with a thread for each client; it serves every client that comes."""
import socketserver


class Sticky(socketserver.BaseRequestHandler):
    def handle(self):
        for word in (b'hello', b'hai', b'hahaha'):
            self.request.send(word)


if __name__ == '__main__':
    with socketserver.ThreadingTCPServer(('127.0.0.1', 8080), Sticky) as server:
        server.serve_forever()
