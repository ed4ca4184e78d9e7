"""Forgets bind: the system chooses a port that no client knows.

Fails: LIF-02 (like: no-bind)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.listen()
client, addr = server.accept()
ret = client.recv(1024)
print(ret)
client.send(b'hello')
client.close()
server.close()
