"""A socketserver.TCPServer; an error of one client is a traceback, the server goes on."""
import socketserver


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        while True:
            data = self.rfile.read1(4096)
            if not data:
                break
            print('received', data.decode('utf-8', 'replace'))
            self.wfile.write(data)


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 10


if __name__ == '__main__':
    with Server(('localhost', 8000), Echo) as server:
        server.serve_forever()
