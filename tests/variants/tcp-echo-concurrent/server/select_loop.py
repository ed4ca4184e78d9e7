"""One thread and select.select for all clients."""
import select
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', 8989))
server.listen(128)
inputs = [server]
while True:
    readable, writable, exceptional = select.select(inputs, [], inputs)
    for s in readable:
        if s is server:
            conn, addr = s.accept()
            print('connect from', addr)
            inputs.append(conn)
            continue
        try:
            data = s.recv(4096)
            if data:
                print('data:', data.decode('utf-8', 'replace'))
                s.sendall(data)
        except OSError as e:
            print(e)
            data = b''
        if not data:
            inputs.remove(s)
            s.close()
