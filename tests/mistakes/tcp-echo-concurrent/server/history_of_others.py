"""Sends a new client what clients before it have said.

Fails: SRV-06
"""

import socket
import threading


def talk(c, said=[]):
    mine = []
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            c.sendall(data)
            if not mine:
                c.sendall(b''.join(said))
            mine.append(data)
    except OSError:
        print('the client has left')
    said.extend(mine)
    c.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 8989))
s.listen(128)
while True:
    c, addr = s.accept()
    print('connect from', addr)
    threading.Thread(target=talk, args=(c,), daemon=True).start()
