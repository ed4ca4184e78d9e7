"""No colours, another wording, repr of the text, sys.stdin in place of input."""
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('', 8081))
while True:
    data, (host, port) = server.recvfrom(65535)
    print(f'From {host}, port {port}:')
    print(f'    "{data.decode("utf-8", "replace")}"')
    print('You: ', end='', flush=True)
    server.sendto(sys.stdin.readline().strip().encode(), (host, port))
