"""Computes three checksums bit by bit as it receives: much work between two recvs."""

import os
import socket


POLYNOMIALS = (0xEDB88320, 0x82F63B78, 0xEB31D82E)


def checked(crc, piece, polynomial):
    for byte in piece:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (polynomial if crc & 1 else 0)
    return crc


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', 9000))
listener.listen()
conn, addr = listener.accept()
name = os.path.basename(conn.recv(1024).decode('utf-8', 'replace'))
if name:
    crcs = [0xFFFFFFFF] * 3
    with open(name, 'wb') as file:
        while True:
            piece = conn.recv(65536)
            if not piece:
                break
            file.write(piece)
            crcs = [checked(crc, piece, polynomial) for crc, polynomial in zip(crcs, POLYNOMIALS)]
    print('Receive complete! file size:%d' % os.path.getsize(name))
    print('checksums:', *('%08x' % (crc ^ 0xFFFFFFFF) for crc in crcs))
conn.close()
listener.close()
