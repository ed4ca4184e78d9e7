"""Prints bytes by sys.stdout.write, reads sys.stdin, connects with connect_ex."""
import os
import socket
import sys

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
code = sk.connect_ex(('127.0.0.1', 8080))
if code:
    sys.exit(os.strerror(code))
while True:
    text = str(sk.recv(1024), 'utf8', 'replace')
    if text == '':
        break
    sys.stdout.write(text + '\n> ')
    sys.stdout.flush()
    for line in sys.stdin:
        if line.strip():
            sk.send(bytes(line.strip(), 'utf8'))
            break
sk.close()
