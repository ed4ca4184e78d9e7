"""Ends the whole process when one client fails.

Fails: SRV-03, SRV-05, SRV-09 (like: ends-on-abort)
"""

import os
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
    except Exception as error:
        print(error)
        os._exit(1)
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
