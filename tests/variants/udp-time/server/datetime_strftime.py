"""Formats with datetime, ignores what is no format, polls with a timeout."""
import socket
from datetime import datetime

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('0.0.0.0', 9000))
server.settimeout(0.3)
while True:
    try:
        data, addr = server.recvfrom(4096)
        answer = datetime.now().strftime(data.decode())
    except socket.timeout:
        continue
    except ValueError as e:
        print('bad request:', e)
        continue
    server.sendto(answer.encode(), addr)
