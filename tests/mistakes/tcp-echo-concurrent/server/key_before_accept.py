"""Waits for a key before it accepts its clients.

Fails: LIF-03 (like: key-before-accept)
"""

import socket
import threading


def talk(c, addr):
    print('connect from', addr)
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            c.sendall(data)
    except OSError:
        print('lost', addr)
    c.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 8989))
s.listen(128)
input('press Enter to start ')
while True:
    c, addr = s.accept()
    t = threading.Thread(target=talk, args=(c, addr))
    t.daemon = True
    t.start()
