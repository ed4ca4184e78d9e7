"""A ThreadingTCPServer: serves several clients at once where one is asked."""
from socketserver import BaseRequestHandler, ThreadingTCPServer


class Handler(BaseRequestHandler):
    def handle(self):
        ip, port = self.client_address
        print(f'{ip}:{port} connected')
        try:
            while 1:
                data = self.request.recv(1024)
                if not data:
                    print(f'{ip}:{port} closed')
                    return
                print(f'{ip}:{port} says', data.decode(errors='replace'))
                self.request.sendall(data)
        except OSError as e:
            print(f'{ip}:{port}', e)


ThreadingTCPServer.allow_reuse_address = True
ThreadingTCPServer.daemon_threads = True
ThreadingTCPServer(('', 8000), Handler).serve_forever()
