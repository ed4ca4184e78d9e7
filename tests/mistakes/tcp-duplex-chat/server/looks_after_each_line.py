"""One thread: looks for messages after each line that was typed, and not before.

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
        line = input('发送信息:')
        conn.settimeout(0.1)
        try:
            conn.send(line.encode('utf-8'))
            data = conn.recv(1024)
        except socket.timeout:
            continue
        except OSError:
            break
        if not data:
            break
        print('接收:', data.decode('utf-8'))
    conn.close()
