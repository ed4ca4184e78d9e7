"""A class that is its own context, with extra prints and sys.exit at the end."""
import socket
import sys


class EchoClient:
    def __init__(self, ip, port):
        self.sk = socket.socket()
        self.sk.connect((ip, port))
        print('connected to', self.sk.getpeername())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.sk.close()
        print('closed')

    def ask(self, text):
        self.sk.sendall(text.encode('utf8'))
        return self.sk.recv(65536).decode('utf8', 'replace')


def main():
    with EchoClient('127.0.0.1', 8000) as client:
        print('type something, an empty line ends')
        while 1:
            text = input('me: ')
            if not text:
                return 0
            answer = client.ask(text)
            if not answer:
                print('no answer, the server has closed')
                return 0
            print('server: \033[1;44m' + answer + '\033[0m')


if __name__ == '__main__':
    sys.exit(main())
