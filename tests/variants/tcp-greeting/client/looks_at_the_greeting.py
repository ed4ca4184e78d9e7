"""Takes no other greeting than the one that was agreed on."""

import socket
import sys

with socket.create_connection(('127.0.0.1', 9000)) as sk:
    greeting = sk.recv(5, socket.MSG_WAITALL)
    print('server greets:', greeting)
    if greeting != b'hello':
        sys.exit('not the right server')
    sk.sendall(b'byebye!')
