# Written for Python 2: print is a statement, so Python 3 does not compile it.
import socket

server = socket.socket()
server.bind(('127.0.0.1', 8000))
server.listen(5)
conn, addr = server.accept()
print 'connect from', addr
while True:
    data = conn.recv(1024)
    if not data:
        break
    print data
    conn.send(data)
conn.close()
