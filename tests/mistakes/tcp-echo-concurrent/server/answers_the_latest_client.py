"""Answers on the connection that came last, whoever has asked.

Fails: SRV-07 (like: shared-state)
"""

import select
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
inputs = [sk]
while True:
    ready, _, _ = select.select(inputs, [], [])
    for s in ready:
        if s is sk:
            continue
        try:
            data = s.recv(1024)
            conn.sendall(data)
        except OSError:
            data = b''
        if data:
            print(data.decode('utf-8', 'replace'))
        else:
            inputs.remove(s)
            s.close()
    if sk in ready:
        conn, addr = sk.accept()
        print('connect from', addr)
        inputs.append(conn)
