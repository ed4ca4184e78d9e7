"""Sleeps between the sends, so that nothing sticks.

Fails: MSG-06
"""

import socket
import time

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
sock.send(b'hello')
time.sleep(0.5)
sock.send(b'hai')
time.sleep(0.5)
sock.send(b'hahaha')
sock.close()
s.close()
