"""A process for each client, by ForkingTCPServer (not on Windows)."""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        print('process for', self.client_address, flush=True)
        try:
            while data := self.request.recv(4096):
                print(data.decode(errors='replace'), flush=True)
                self.request.sendall(data)
        except ConnectionError as e:
            print(e, flush=True)


socketserver.ForkingTCPServer.allow_reuse_address = True
with socketserver.ForkingTCPServer(('127.0.0.1', 8989), Echo) as server:
    server.serve_forever()
