"""Polls with a timeout, thinks a while, and connects its socket before it answers."""
import socket
import time

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(('0.0.0.0', 9000))
    sock.settimeout(0.2)
    while True:
        try:
            data, client = sock.recvfrom(65535)
            break
        except socket.timeout:
            pass
    print(f'{client[0]}:{client[1]} says {data.decode("utf-8", "replace")}')
    time.sleep(0.3)
    sock.connect(client)
    sock.send(b'hello')
