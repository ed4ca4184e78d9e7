"""Tells the time by logging, which writes to standard error."""
import logging
import socket
import time

logging.basicConfig(level=logging.INFO)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(1)
while True:
    sock.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
    try:
        logging.info('server time %s', sock.recv(100).decode())
    except socket.timeout:
        logging.warning('lost')
        continue
    time.sleep(1)
