"""Makes the header with int.to_bytes."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8080))
server.listen(5)
print('waiting for a client ...')
conn, addr = server.accept()
print('client', addr)
while True:
    try:
        line = input('请输入要发送的内容: ')
    except EOFError:
        break
    body = line.encode('utf-8')
    conn.send(len(body).to_bytes(4, 'little'))
    conn.send(body)
conn.close()
server.close()
