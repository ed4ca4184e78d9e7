"""Forgets all other clients when one of them leaves.

Fails: SRV-09
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
    for client in ready:
        if client is sk:
            continue
        try:
            data = client.recv(1024)
            client.sendall(data)
        except OSError:
            data = b''
        if data:
            print(data.decode('utf-8', 'replace'))
        else:
            client.close()
            inputs = [sk]
            break
    if sk in ready:
        conn, addr = sk.accept()
        print('connect from', addr)
        inputs.append(conn)
