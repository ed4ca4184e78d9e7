"""Binds a LAN address and another port than its client connects to.

Together: nothing
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('192.168.21.36', 8989))
sk.listen(5)
conn, addr = sk.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode('utf-8'))
    conn.sendall(data)
conn.close()
sk.close()
