"""A class with a timeout of ten seconds, started by a main guard."""
import socket


class Client:
    def __init__(self, host='localhost', port=8080):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.settimeout(10)
        self.sock.connect((host, port))

    def listen(self):
        greeting = self.sock.recv(2048).decode()
        print('server said', greeting)

    def leave(self):
        self.sock.sendall(b'byebye!')
        self.sock.close()


if __name__ == '__main__':
    client = Client()
    client.listen()
    client.leave()
