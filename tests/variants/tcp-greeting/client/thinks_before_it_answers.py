"""Sleeps three tenths of a second before its answer."""
import socket
import time

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
greeting = sk.recv(1024)
print('server:', greeting.decode('utf-8'))
time.sleep(0.3)
sk.send('byebye!'.encode('utf-8'))
sk.close()
print('再见!')
