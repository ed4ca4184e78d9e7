"""Goes on reading while recv has returned as much as it was asked for.

Fails: ECH-01
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
while True:
    c, addr = s.accept()
    print('from', addr)
    try:
        while True:
            data = c.recv(4096)
            if not data:
                break
            while len(data) % 4096 == 0:
                data += c.recv(4096)
            print(data.decode(errors='replace'))
            c.sendall(data)
    except OSError as e:
        print(e)
    c.close()
