"""Does not answer an empty request, which is free here."""
import socket, time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 9000))
while True:
    data, addr = s.recvfrom(65535)
    if data:
        fmt = data.decode('utf-8', 'replace').replace(chr(0), '?')
        s.sendto(bytes(time.strftime(fmt), 'utf-8'), addr)
