"""Handles the client in a thread and waits for it."""

import os
import socket
import threading


def handle(conn):
    try:
        filename = conn.recv(1024).decode('utf8')
        if filename == '':
            return
        with open(filename, 'wb') as f:
            while True:
                data = conn.recv(1024)
                if len(data) == 0:
                    break
                f.write(data)
        print('文件大小: %d' % os.stat(filename).st_size)
    except ConnectionResetError:
        print('client is gone')
    finally:
        conn.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('localhost', 9000))
server.listen(1)
conn, _ = server.accept()
t = threading.Thread(target=handle, args=(conn,))
t.start()
t.join()
server.close()
