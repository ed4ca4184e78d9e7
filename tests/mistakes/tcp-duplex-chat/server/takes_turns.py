"""One thread: keyboard and recv take turns.

Fails: CHT-09
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
server.bind(('', 8989))
server.listen(128)
while True:
    conn, addr = server.accept()
    print('客户端:', addr)
    while True:
        try:
            conn.send(input('发送信息:').encode('utf-8'))
            data = conn.recv(1024)
        except OSError:
            break
        if not data:
            break
        print('接收:', data.decode('utf-8'))
    conn.close()
