"""Connects to a friend by the name of the host, so that nobody else is heard, and shows who it is."""
import socket

friends = {'egg': ('localhost', 8081), 'yuan': ('localhost', 8082)}
while True:
    name = input('friend: ').strip()
    if name not in friends:
        print('who is that?')
        continue
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(friends[name])
        while True:
            text = input('message: ').strip()
            if text == 'q':
                break
            if text:
                sock.send(text.encode('utf-8'))
                print('%s:%d says: ' % friends[name], end='', flush=True)
                print(sock.recv(65535).decode('utf-8'))
