"""One thread with a selector; catches ConnectionResetError only.

Fails: SRV-04 (like: broken-pipe)
"""

import selectors
import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
sel = selectors.DefaultSelector()
sel.register(s, selectors.EVENT_READ)
while True:
    for key, _ in sel.select():
        conn = key.fileobj
        if conn is s:
            conn, addr = s.accept()
            print('from', addr)
            sel.register(conn, selectors.EVENT_READ)
            continue
        try:
            data = conn.recv(1024)
            print(data.decode(errors='replace'))
            conn.sendall(data)
        except ConnectionResetError as e:
            print(e)
            data = b''
        if not data:
            sel.unregister(conn)
            conn.close()
