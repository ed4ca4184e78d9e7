"""One thread asks at intervals, whatever is answered; another prints what comes."""
import socket
import threading
import time

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def receive():
    while True:
        data, addr = sock.recvfrom(1024)
        print(addr, data.decode('utf-8'))


sock.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
threading.Thread(target=receive, daemon=True).start()
while True:
    time.sleep(0.5)
    sock.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
