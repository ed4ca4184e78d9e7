"""Prints the welcome, takes whatever comes for it, and says goodbye."""
import hashlib
import hmac
import socket
import sys


def main():
    with socket.create_connection(('localhost', 8080)) as sock:
        challenge = sock.recv(32, socket.MSG_WAITALL)
        sock.sendall(hmac.digest(b'tutorial-secret', challenge, hashlib.sha256))
        greeting = sock.recv(1024)
        if not greeting:
            sys.exit('the server does not like us')
        print(greeting.decode())
        for line in iter(lambda: input('you: '), ''):
            sock.sendall(line.encode('utf-8'))
            print('server:', sock.recv(4096).decode('utf-8'))
        print('bye')


main()
