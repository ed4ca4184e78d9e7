"""Sleeps a little before the last of the three sends.

Fails: MSG-06
"""

from socket import *
from time import sleep

server = socket(AF_INET, SOCK_STREAM)
server.bind(('127.0.0.1', 8080))
server.listen()
conn, addr = server.accept()
conn.sendall(b'hello')
conn.sendall(b'hai')
sleep(0.3)
conn.sendall(b'hahaha')
conn.close()
server.close()
