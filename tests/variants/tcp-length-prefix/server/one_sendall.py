"""Sends header and message in one sendall, with the byte order written out."""
import socket
import struct

with socket.create_server(('127.0.0.1', 8080)) as server:
    conn, addr = server.accept()
    with conn:
        while True:
            text = input().encode('utf-8')
            conn.sendall(struct.pack('<i', len(text)) + text)
