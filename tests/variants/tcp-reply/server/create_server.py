"""With-statements, create_server on every address, the length in brackets."""
import socket

with socket.create_server(('', 8989)) as server:
    conn, (ip, port) = server.accept()
    with conn:
        data = conn.recv(4096)
        print(f'{ip}:{port} [{len(data)}] {data.decode("utf8", "replace")}')
        conn.sendall('ok, 问题正在处理中...'.encode('utf8'))
