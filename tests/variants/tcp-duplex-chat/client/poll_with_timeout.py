"""One thread: poll with a time limit waits for the keyboard and the server."""
import os
import select
import socket

s = socket.create_connection(('127.0.0.1', 8989))
p = select.poll()
p.register(0, select.POLLIN)
p.register(s, select.POLLIN)
alive = True
while alive:
    for fd, event in p.poll(300):
        if fd == 0:
            s.sendall(os.read(0, 1024).rstrip(b'\n'))
        else:
            data = s.recv(1024)
            alive = bool(data)
            if data:
                os.write(1, b'server: ' + data + b'\n')
s.close()
