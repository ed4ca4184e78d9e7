"""Takes all text for GBK.

Fails: ECH-01
"""

import socket
import threading


def talk(c):
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            c.sendall(data.decode('gbk', 'replace').encode('gbk', 'replace'))
    except OSError:
        print('the client has left')
    c.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 8989))
s.listen(128)
while True:
    c, addr = s.accept()
    print('connect from', addr)
    threading.Thread(target=talk, args=(c,), daemon=True).start()
