"""Closes the listener right after accept and works for a moment before it answers."""
import socket
import time

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', 8989))
server.listen(1)
client, address = server.accept()
server.close()
print('客户端的ip地址和端口号:', address)
message = client.recv(1024)
print('接收数据的长度为: %d' % len(message))
print('接收客户端的数据为: %s' % message.decode())
time.sleep(0.3)
client.send('ok, '.encode())
client.send('问题正在处理中...'.encode())
client.close()
