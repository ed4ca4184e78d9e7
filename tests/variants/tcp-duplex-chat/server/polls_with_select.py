"""Receives from all clients with select and a time limit, the keyboard has a thread."""
import select
import socket
import threading

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
conns = []


def speak():
    while True:
        text = input('me: ')
        for c in conns[:]:
            try:
                c.sendall(text.encode())
            except OSError:
                pass


threading.Thread(target=speak, daemon=True).start()
while True:
    ready, _, _ = select.select([server] + conns, [], [], 0.1)
    for s in ready:
        if s is server:
            c, a = s.accept()
            conns.append(c)
            print('hello', a)
            continue
        try:
            data = s.recv(1024)
        except OSError:
            data = b''
        if data:
            print('you:', data.decode('utf-8', 'replace'))
        else:
            conns.remove(s)
            s.close()
