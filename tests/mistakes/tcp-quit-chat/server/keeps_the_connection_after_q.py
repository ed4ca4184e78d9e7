"""Goes back to accept after a received q without closing the connection.

Fails: CHT-03 (like: not-closed)
"""

import socket  # 引入一个套接字模块
sk = socket.socket()  # 创建一个套接字对象
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('192.168.21.36', 9000))  # 绑定一台机器的ip地址,和端口号
sk.listen()  # 监听
while True:
    conn, addr = sk.accept()
    try:
        while True:
            quit_received = False
            inp = input('>>>')
            if inp == 'q':
                conn.send(inp.encode('utf-8'))
                break
            conn.send(inp.encode('utf-8'))
            msg = conn.recv(1024)
            if msg == b'q':
                quit_received = True
                break
            if not msg:
                break
            print(msg.decode('utf-8'))
    except OSError:
        print('对方异常断开')
    if not quit_received:
        conn.close()
