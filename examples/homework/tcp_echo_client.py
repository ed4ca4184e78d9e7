# Homework 3, part 2: echo client
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
print('connected! type a message and press enter')

while True:
    message = input('> ')
    if message == 'quit':
        break
    client.send(message.encode())
    data = client.recv(1024)
    print('server says:', data.decode())

client.close()
