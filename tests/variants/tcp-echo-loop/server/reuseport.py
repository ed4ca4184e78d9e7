"""Sets SO_REUSEPORT in place of SO_REUSEADDR: Linux lets it restart as well."""
from socket import *

server = socket(AF_INET, SOCK_STREAM)
server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
server.bind(('localhost', 8000))
server.listen(128)
while 1:
    conn, addr = server.accept()
    print('address:', addr)
    try:
        while 1:
            data = conn.recv(1024)
            if not data: break
            print('data:', data.decode('utf-8', 'replace'))
            conn.sendall(data)
    except error as e:
        print('socket error', e)
    finally:
        conn.close()
