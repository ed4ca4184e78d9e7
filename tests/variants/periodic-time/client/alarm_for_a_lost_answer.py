"""Waits for an answer without a limit of the socket's: an alarm ends the wait."""

import signal
import socket
import time


class Late(Exception):
    pass


def ring(*args):
    raise Late


sk = socket.socket(type=socket.SOCK_DGRAM)
signal.signal(signal.SIGALRM, ring)
while True:
    sk.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 8080))
    signal.alarm(2)
    try:
        data, addr = sk.recvfrom(1024)
        signal.alarm(0)
        print(data.decode())
    except Late:
        print('no answer, asking again')
    time.sleep(1)
