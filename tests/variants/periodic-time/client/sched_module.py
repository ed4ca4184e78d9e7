"""Uses the module sched, and a socket for each request."""
import sched
import socket
import time

scheduler = sched.scheduler(time.time, time.sleep)


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(1)
        try:
            sock.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
            print('time:', sock.recvfrom(1024)[0].decode())
        except OSError as error:
            print('error:', error)
    scheduler.enter(0.6, 1, ask)


scheduler.enter(0, 1, ask)
scheduler.run()
