"""Lets the error of inet_aton through, which is an OSError; and three numbers pass.

Fails: ADR-04
"""

import socket


def address_bits(address):
    packed = socket.inet_aton(address)
    return '.'.join('{:08b}'.format(byte) for byte in packed)
