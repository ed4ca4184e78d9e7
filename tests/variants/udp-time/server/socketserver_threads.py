"""A socketserver.ThreadingUDPServer: a request that raises ends its thread only."""
import socketserver
import time


class TimeHandler(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(time.strftime(data.decode('utf-8')).encode('utf-8'), self.client_address)


if __name__ == '__main__':
    with socketserver.ThreadingUDPServer(('127.0.0.1', 9000), TimeHandler) as server:
        server.serve_forever()
