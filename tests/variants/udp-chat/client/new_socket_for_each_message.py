"""Opens a socket of its own for each message, in a class for friends."""
import socket


class Friend:
    def __init__(self, port):
        self.address = ('localhost', port)

    def ask(self, text):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sk:
            sk.sendto(text.encode(), self.address)
            return sk.recvfrom(65507)


friends = {'egg': Friend(5001), 'yuan': Friend(5002)}
while True:
    friend = friends.get(input('name: '))
    while friend:
        text = input('text: ')
        if text == 'q':
            break
        if text:
            data, address = friend.ask(text)
            print(address, data.decode())
