"""A thread receives, so the next line goes out before the answer has come.

Fails: XCH-08 (like: no-turns)
"""

import socket
import threading


def receive(sock):
    while True:
        try:
            data = sock.recv(1024)
        except OSError:
            break
        if not data:
            break
        print('\n客户端:', data.decode('utf8', 'replace'))
    sock.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
while True:
    sock, address = server.accept()
    print('客户端', address)
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    while True:
        msg = input('请输入:').strip()
        if not msg:
            continue
        try:
            sock.send(msg.encode('utf8'))
        except OSError:
            break
