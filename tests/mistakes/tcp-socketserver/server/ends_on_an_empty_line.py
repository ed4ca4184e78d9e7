"""Takes an empty line for the end of the conversation.

Fails: SSV-02
"""

import socketserver


class MyServer(socketserver.StreamRequestHandler):
    def handle(self):
        print('connect from', self.client_address)
        try:
            for line in self.rfile:
                if line in (b'\n', b'\r\n'):
                    break
                self.wfile.write(line)
        except ConnectionError as error:
            print(error)


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 9999), MyServer)
server.serve_forever()
