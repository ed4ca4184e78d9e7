"""Makes a second socket for the requests, as in TCP, and receives on that one.

Fails: UDP-01 (like: other-socket)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
conn = socket.socket(type=socket.SOCK_DGRAM)
while True:
    msg, addr = conn.recvfrom(1024)
    try:
        time_str = time.strftime(msg.decode('utf-8'))
    except ValueError:
        time_str = '格式错误'
    conn.sendto(time_str.encode('utf-8'), addr)
