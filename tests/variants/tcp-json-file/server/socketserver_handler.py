"""socketserver, one client after the other, with sendfile."""

import json
import os
import socketserver
import struct


class FileHandler(socketserver.BaseRequestHandler):
    def handle(self):
        path = '视频合集'
        header = {'file_size': os.stat(path).st_size, 'file_name': os.path.basename(path), 'md5': ''}
        data = json.dumps(header).encode('utf-8')
        self.request.sendall(struct.pack('i', len(data)))
        self.request.sendall(data)
        with open(path, 'rb') as f:
            self.request.sendfile(f)


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(('127.0.0.1', 8080), FileHandler) as server:
    server.serve_forever()
