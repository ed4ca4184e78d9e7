"""Is a TCP server where UDP is asked for.

Fails: UDP-14
"""

import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
msg = conn.recv(1024)
print(addr, msg.decode())
conn.send(b'hello')
conn.close()
sk.close()
