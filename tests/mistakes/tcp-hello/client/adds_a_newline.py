"""Sends a newline that nobody asked for.

Fails: XCH-06 (like: newline)
"""

import socket


def main():
    sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sk.connect(('127.0.0.1', 8999))
    sk.send('hello\n'.encode())
    ret = sk.recv(1024)
    print(ret.decode())
    sk.close()


if __name__ == '__main__':
    main()
