"""Reads the keyboard from /dev/stdin, which it opens in place of sys.stdin."""
import socket
import sys

sys.stdin = open('/dev/stdin', encoding='utf-8')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
while True:
    data = sk.recv(1024)
    if data in (b'', b'q'):
        break
    print(data.decode())
    line = sys.stdin.readline().rstrip('\n')
    sk.sendall(line.encode())
    if line == 'q':
        break
sk.close()
