"""Finishes its direction behind the answer and reads to the end of the stream."""
import socket

with socket.create_connection(('localhost', 8080)) as sk:
    print(sk.recv(1024).decode())
    sk.sendall(b'byebye!')
    sk.shutdown(socket.SHUT_WR)
    while sk.recv(1024):
        pass
