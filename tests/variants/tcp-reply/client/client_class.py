"""A class with a timeout of ten seconds, started by a main guard."""
import socket


class Client:
    def __init__(self, host='localhost', port=8989):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.settimeout(10)
        self.sock.connect((host, port))

    def ask(self, text):
        self.sock.sendall(text.encode('utf-8'))
        return self.sock.recv(2048).decode('utf-8')

    def close(self):
        self.sock.close()


if __name__ == '__main__':
    client = Client()
    try:
        print('服务端:', client.ask('你好服务端,我是客户端小明!'))
    finally:
        client.close()
