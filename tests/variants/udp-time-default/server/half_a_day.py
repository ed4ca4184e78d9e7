"""Its default shows the hours of half a day, as %X does in some locales."""
from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    try:
        answer = strftime(msg.decode() or '%Y-%m-%d %I:%M:%S %p')
    except ValueError:
        continue
    server.sendto(answer.encode(), addr)
