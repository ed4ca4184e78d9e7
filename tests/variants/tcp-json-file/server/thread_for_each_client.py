"""A thread for each client."""

import json
import os
import socket
import struct
import threading

NAME = '视频合集'


def serve(conn):
    with conn, open(NAME, 'rb') as f:
        info = json.dumps({'file_name': NAME, 'file_size': os.path.getsize(NAME)}).encode()
        conn.sendall(len(info).to_bytes(4, 'little') + info)
        while chunk := f.read(8192):
            conn.sendall(chunk)


with socket.create_server(('', 8080), backlog=5) as server:
    while True:
        conn, addr = server.accept()
        print('client', addr)
        threading.Thread(target=serve, args=(conn,)).start()
