"""One thread: looks for messages after each line that was typed, and not before.

Fails: CHT-09
"""

import socket

client = socket.socket()
client.connect(('127.0.0.1', 8989))
while True:
    line = input('发送信息:')
    client.setblocking(True)
    client.send(line.encode('utf-8'))
    client.setblocking(False)
    try:
        data = client.recv(1024)
    except BlockingIOError:
        continue
    if not data:
        break
    print('接收:', data.decode('utf-8'))
client.close()
