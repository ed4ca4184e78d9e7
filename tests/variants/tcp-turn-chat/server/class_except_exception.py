"""A class with helpers that catches every exception and prints it."""
import socket
import sys


class ChatServer:
    def __init__(self, ip='192.168.1.169', port=8080):
        self.server = socket.create_server((ip, port), backlog=5)

    def run(self):
        while 1:
            print('waiting ...')
            self.conn, self.addr = self.server.accept()
            try:
                while self.turn():
                    pass
            except Exception as e:
                print('error:', e, file=sys.stderr)
            finally:
                self.conn.close()
                print(self.addr, 'closed')

    def turn(self):
        text = ''
        while text == '':
            text = input(f'{self.addr} <<< ').strip()
        self.conn.sendall(text.encode())
        data = self.conn.recv(65536)
        print('\033[1;32m>>> ' + data.decode('utf-8', 'replace') + '\033[0m')
        return len(data) > 0


if __name__ == '__main__':
    ChatServer().run()
