"""Friends have one port on machines of their own; the addresses are lists, and printed as written."""
import socket

friends = {'egg': ['192.168.1.20', 8081], 'yuan': ['192.168.1.21', 8081]}
sock = socket.socket(type=socket.SOCK_DGRAM)
while True:
    friend = friends.get(input('和谁聊天? '))
    while True:
        text = input('说什么? ')
        if text == 'q':
            break
        if friend and text:
            sock.sendto(text.encode('utf8'), tuple(friend))
            print(friend, sock.recv(1024).decode('utf8'))
