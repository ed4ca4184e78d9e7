"""Accepts before the loop: when its client has left, nobody is served any more.

Fails: SRV-01 (like: one-client)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
sock, address = server.accept()
print(sock, address)
while True:
    msg = input('请输入你要发送的内容》》》:').strip()
    if len(msg) == 0:
        continue
    try:
        sock.send(msg.encode('utf8'))
        res = sock.recv(1024)
    except OSError:
        break
    if len(res) == 0:
        break
    print(res.decode('utf8'))
sock.close()
server.close()
