"""Finishes its own direction as soon as it has sent, and still reads the answer."""
import socket

client = socket.socket()
client.connect(('localhost', 8999))
client.sendall(b'hello')
client.shutdown(socket.SHUT_WR)
answer = b''
while True:
    piece = client.recv(1024)
    if not piece:
        break
    answer = answer + piece
print(answer.decode())
client.close()
