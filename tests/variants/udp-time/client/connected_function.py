"""A function with a connected socket and a timeout; prints a sentence around the time."""
import socket


def ask(host='127.0.0.1', port=9000, fmt='%Y-%m-%d %H:%M:%S'):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        s.connect((host, port))
        s.send(fmt.encode())
        return s.recv(256).decode()


if __name__ == '__main__':
    print(f'the server says it is {ask()}.')
