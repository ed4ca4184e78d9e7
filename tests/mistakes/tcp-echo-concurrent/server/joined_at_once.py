"""Waits for each thread right after starting it: one client after the other.

Fails: SRV-07 (like: one-at-a-time)
"""

import socket
import threading


def talk(client, addr):
    print('connect from', addr)
    try:
        while True:
            data = client.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            client.sendall(data)
    except OSError:
        print('lost', addr)
    client.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(128)
while True:
    client, addr = server.accept()
    t = threading.Thread(target=talk, args=(client, addr))
    t.daemon = True
    t.start()
    t.join()
