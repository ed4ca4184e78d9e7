"""Never connects: recv on a socket without a connection is an error.

Fails: MSG-02 (like: no-connect)
"""

import socket

res = socket.socket()
c = res.recv(1024)
print(c.decode('utf8'))
