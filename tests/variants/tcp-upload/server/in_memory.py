"""Collects everything in memory and writes it at the end; says so in Chinese."""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen(5)
conn, addr = sk.accept()
print(addr, '已连接')
filename = conn.recv(1024).decode()
data = b''.join(iter(lambda: conn.recv(65536), b''))
conn.close()
sk.close()
if filename:
    with open(filename, 'wb') as f:
        f.write(data)
    print(f'接收完成,文件大小:{len(data)}字节')
