"""Tells at once that a friend is unknown and asks again; q as a name ends it; a socket for each talk."""
import socket

FRIENDS = dict(egg=('127.0.0.1', 9001), yuan=('127.0.0.1', 9002))


def talk(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        while True:
            text = input('%s> ' % name).strip()
            if text == 'q':
                return
            if not text:
                print('空消息不能发送')
                continue
            sock.sendto(text.encode(), FRIENDS[name])
            answer, address = sock.recvfrom(4096)
            print(address, answer.decode())


while True:
    name = input('friend: ').strip()
    if name == 'q':
        break
    if name not in FRIENDS:
        print('no such friend')
        continue
    talk(name)
