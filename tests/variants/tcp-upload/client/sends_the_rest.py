"""Looks at what send returns and sends the rest."""

import os
import socket
import time


def send_all(sock, data):
    sent = 0
    while sent < len(data):
        sent += sock.send(data[sent:])


path = input()
size = os.path.getsize(path)
print('size: %d' % size)
s = socket.socket()
s.connect(('localhost', 9000))
try:
    send_all(s, path.replace('\\', '/').split('/')[-1].encode('utf8'))
    time.sleep(0.4)
    with open(path, 'rb') as f:
        while size > 0:
            data = f.read(1024)
            size -= len(data)
            send_all(s, data)
finally:
    s.close()
print('done')
