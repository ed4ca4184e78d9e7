"""One thread: select waits for the keyboard and the server."""
import select
import socket
import sys

s = socket.socket()
s.connect(('127.0.0.1', 8989))
while True:
    ready, _, _ = select.select([sys.stdin, s], [], [])
    if s in ready:
        data = s.recv(1024)
        if not data:
            print('bye')
            break
        print('>>', data.decode('utf8', 'replace'))
    if sys.stdin in ready:
        s.send(sys.stdin.readline().strip('\n').encode('utf8'))
s.close()
