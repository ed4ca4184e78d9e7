"""Leaves allow_reuse_address of socketserver at False, so it cannot be restarted at once.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            while True:
                data = self.request.recv(1024)
                if not data:
                    break
                print(data.decode('utf-8', 'replace'))
                self.request.sendall(data)
        except ConnectionError:
            print('lost', self.client_address)


if __name__ == '__main__':
    with socketserver.ThreadingTCPServer(('127.0.0.1', 9999), Echo) as server:
        server.daemon_threads = True
        server.serve_forever()
