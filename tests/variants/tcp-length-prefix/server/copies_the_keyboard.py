"""Reads the keyboard through a copy of its descriptor."""
import os
import socket
import struct

keyboard = os.fdopen(os.dup(0), encoding='utf-8')
with socket.create_server(('127.0.0.1', 8080)) as server:
    conn, address = server.accept()
    for line in keyboard:
        data = line.rstrip('\n').encode()
        conn.sendall(struct.pack('i', len(data)) + data)
    conn.close()
