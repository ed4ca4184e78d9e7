"""Thinks 0.3 seconds, then takes the time."""
import socket
import time

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    time.sleep(0.3)
    try:
        sk.sendto(time.strftime(msg.decode('utf-8'), time.localtime(time.time())).encode(), addr)
    except Exception as e:
        print(e)
