"""Handles the end of the input, checks nothing else, prints with the address."""
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    while True:
        line = input('format> ')
        client.sendto(line.encode('utf-8'), ('127.0.0.1', 9000))
        data, server = client.recvfrom(4096)
        print(server, '->', data.decode('utf-8', errors='replace'))
except EOFError:
    client.close()
