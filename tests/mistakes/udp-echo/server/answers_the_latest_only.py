"""Answers only the latest of several datagrams that have come in.

Fails: UDP-05
"""

import select
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))
while True:
    data, addr = server.recvfrom(1024)
    time.sleep(0.2)
    # older ones are out of date
    while select.select([server], [], [], 0)[0]:
        data, addr = server.recvfrom(1024)
    if not data:
        break
    print(addr, data.decode('utf-8', 'replace'))
    server.sendto(data, addr)
server.close()
