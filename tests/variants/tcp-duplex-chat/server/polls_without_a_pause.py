"""Asks all sockets over and over without waiting, and the keyboard has a thread."""
import socket
import threading

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(5)
server.setblocking(False)
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
    try:
        c, a = server.accept()
        c.setblocking(False)
        conns.append(c)
        print('hello', a)
    except BlockingIOError:
        pass
    for c in conns[:]:
        try:
            data = c.recv(1024)
        except BlockingIOError:
            continue
        except OSError:
            data = b''
        if data:
            print('you:', data.decode('utf-8', 'replace'))
        else:
            conns.remove(c)
            c.close()
