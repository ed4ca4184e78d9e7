"""Waits for a connection in the function.

Fails: ADR-05
"""

import socket


def address_bits(address):
    server = socket.socket()
    server.bind(('127.0.0.1', 8000))
    server.listen()
    conn, addr = server.accept()
    return '.'.join('{:08b}'.format(int(n)) for n in addr[0].split('.'))
