"""Receives with a timeout and tries again, so that Ctrl-C works on Windows."""
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8080))
server.listen(5)
while True:
    sock, address = server.accept()
    sock.settimeout(0.2)
    while True:
        msg = input('>>> ').strip()
        if not msg:
            print('消息不能为空')
            continue
        try:
            sock.sendall(msg.encode('utf8'))
            res = None
            while res is None:
                try:
                    res = sock.recv(1024)
                except socket.timeout:
                    pass
        except OSError:
            break
        if not res:
            break
        print(res.decode('utf8'))
    sock.close()
