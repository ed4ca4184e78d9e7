"""Answers hi, prints the bytes as they are, imports the option's names."""
import socket
from socket import SOL_SOCKET, SO_REUSEADDR

sk = socket.socket()
sk.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)  # 就是它,在bind前加
sk.bind(('127.0.0.1', 8898))
sk.listen()
conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hi')
conn.close()
sk.close()
