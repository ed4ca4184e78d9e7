"""Reads sys.stdin line by line, without a prompt."""
import socket
import struct
import sys

server = socket.socket()
server.bind(('192.168.1.169', 8080))
server.listen(5)
sock, address = server.accept()
for line in sys.stdin:
    data = line.rstrip('\n').encode('utf8')
    sock.send(struct.pack('i', len(data)))
    sock.send(data)
sock.close()
