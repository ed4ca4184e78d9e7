"""A ThreadingTCPServer that handles one request and waits for its thread."""
import socketserver
import threading

finished = threading.Event()


class MyServer(socketserver.BaseRequestHandler):
    def handle(self):
        print('连接来自', self.client_address)
        while True:
            data = self.request.recv(1024)
            if not data:
                break
            print(data.decode('utf-8', 'ignore'))
            self.request.sendall(data)

    def finish(self):
        finished.set()


if __name__ == '__main__':
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(('127.0.0.1', 8000), MyServer) as server:
        server.handle_request()
        finished.wait()
