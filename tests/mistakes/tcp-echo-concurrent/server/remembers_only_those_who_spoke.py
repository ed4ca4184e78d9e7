"""Deletes what it knows of a client that leaves, and fails if the client never said a word.

Fails: SRV-05
"""

import select
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
inputs = [sk]
received = {}
while True:
    ready, _, _ = select.select(inputs, [], [])
    for s in ready:
        if s is sk:
            conn, addr = sk.accept()
            print('connect from', addr)
            inputs.append(conn)
            continue
        try:
            data = s.recv(1024)
            s.sendall(data)
        except OSError:
            received.pop(s, None)
            inputs.remove(s)
            s.close()
            continue
        if data:
            print(data.decode('utf-8', 'replace'))
            received[s] = received.get(s, 0) + len(data)
        else:
            print('bytes received:', received[s])
            del received[s]
            inputs.remove(s)
            s.close()
