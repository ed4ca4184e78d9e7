"""Takes no more than an answer of the contract's has bytes."""
import socket

with socket.create_server(('127.0.0.1', 8080)) as server:
    conn, addr = server.accept()
    with conn:
        conn.sendall(b'hello')
        answer = b''
        while answer not in (b'byebye!', b'hei'):
            piece = conn.recv(7 - len(answer))
            if not piece:
                break
            answer += piece
        print(answer)
