"""Asks again on an empty line, in a function; ends with a status that is not 0."""
import socket
import sys


def ask():
    while True:
        text = input('me> ').strip()
        if text:
            return text
        print('empty, once more')


def main():
    try:
        sk = socket.create_connection(('127.0.0.1', 8080))
    except OSError as e:
        sys.exit(f'cannot connect: {e}')
    with sk:
        while True:
            try:
                data = sk.recv(2048)
            except ConnectionError:
                data = b''
            if data == b'':
                sys.exit('server gone')
            print('server>', data.decode('utf-8', errors='replace'))
            sk.sendall(ask().encode('utf-8'))


main()
