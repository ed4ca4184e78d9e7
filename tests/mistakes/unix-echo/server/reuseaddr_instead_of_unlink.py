"""Sets SO_REUSEADDR and leaves the file alone: for a socket file the option does nothing.

Fails: UNX-01, UNX-02
"""

import socket

sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind('./uds_socket')
sk.listen(5)
conn, _ = sk.accept()
print('a client has come')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    conn.send(msg)
conn.close()
sk.close()
