"""A socketserver with a handler class, one client after the other."""
import socketserver


class Chat(socketserver.BaseRequestHandler):
    def handle(self):
        print('connected', self.client_address)
        try:
            while True:
                line = input('> ')
                self.request.sendall(line.encode())
                if line == 'q':
                    return
                data = self.request.recv(1024)
                if not data or data == b'q':
                    return
                print(data.decode(errors='replace'))
        except OSError as error:
            print('lost', error)


class Server(socketserver.TCPServer):
    allow_reuse_address = True


with Server(('127.0.0.1', 9000), Chat) as server:
    server.serve_forever()
