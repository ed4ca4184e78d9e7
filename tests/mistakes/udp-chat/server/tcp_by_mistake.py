"""Is a TCP server where UDP is asked for.

Fails: UDP-14
"""

import socket

ip_port = ('127.0.0.1', 8081)
sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.bind(ip_port)
sk.listen()
while True:
    conn, addr = sk.accept()
    qq_msg = conn.recv(1024)
    print('来自[%s:%s]的一条消息:%s' % (addr[0], addr[1], qq_msg.decode('utf-8')))
    back_msg = input('回复消息: ').strip()
    conn.send(back_msg.encode('utf-8'))
    conn.close()
