"""Says so when there is no file, but ends without a word when nobody listens there.

Fails: LIF-15 (like: hides-refusal)
"""

import socket
import sys

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    client.connect('/tmp/echo.sock')
except FileNotFoundError:
    sys.exit('服务器没有启动')
except ConnectionRefusedError:
    sys.exit()
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
