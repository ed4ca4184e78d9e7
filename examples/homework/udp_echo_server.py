# Homework 4: echo server with UDP
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8001))

# wait for the client to say something, so that we know its address
message, client_address = server.recvfrom(1024)
print('our client is', client_address)

while message:
    print('received:', message.decode())
    server.sendto(message, client_address)
    message, address = server.recvfrom(1024)

print('empty message, bye')
server.close()
