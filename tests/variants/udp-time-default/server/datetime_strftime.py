"""Formats with datetime; the default is written out."""
import datetime
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind(('127.0.0.1', 9000))
    while True:
        data, addr = s.recvfrom(2048)
        try:
            fmt = data.decode('utf-8') if data else '%Y-%m-%d %H:%M:%S'
            answer = datetime.datetime.now().strftime(fmt)
        except ValueError:
            answer = 'invalid format'
        s.sendto(answer.encode('utf-8'), addr)
