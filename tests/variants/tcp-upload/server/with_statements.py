"""with statements, small recvs, a running total that it prints as it goes."""

import os
import socket

with socket.create_server(('', 9000)) as server:
    conn, addr = server.accept()
    with conn:
        name = os.path.basename(conn.recv(4096).decode('utf-8'))
        if not name:
            raise SystemExit('no name')
        total = 0
        with open(name, 'wb') as f:
            while chunk := conn.recv(4096):
                f.write(chunk)
                total += len(chunk)
                print('\r%d bytes' % total, end='')
print()
print(name, 'is complete')
