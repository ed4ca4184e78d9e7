"""Sleeps for a moment between its sends.

Fails: MSG-06
"""

from socket import *
from time import sleep

server = socket(AF_INET, SOCK_STREAM)
server.bind(('127.0.0.1', 8080))
server.listen()
conn, addr = server.accept()
conn.sendall(b'hello')
sleep(0.09)
conn.sendall(b'hai')
sleep(0.09)
conn.sendall(b'hahaha')
conn.close()
server.close()
