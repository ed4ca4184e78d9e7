"""A class with a timeout, started by a main guard."""
import socket


class Client:
    def __init__(self, host='localhost', port=8999):
        self.address = (host, port)
        self.sock = None

    def connect(self):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.settimeout(10)
        self.sock.connect(self.address)

    def talk(self, text):
        self.sock.sendall(text.encode())
        return self.sock.recv(2048).decode()

    def close(self):
        self.sock.close()


if __name__ == '__main__':
    client = Client()
    client.connect()
    try:
        print('server said', client.talk('hello'))
    finally:
        client.close()
