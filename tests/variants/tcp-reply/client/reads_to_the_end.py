"""Uses create_connection, finishes its direction and reads to the end."""
import socket

with socket.create_connection(('localhost', 8989)) as sk:
    sk.sendall('你好服务端,我是客户端小明!'.encode())
    sk.shutdown(socket.SHUT_WR)
    answer = b''
    while part := sk.recv(10):
        answer += part
print(answer.decode())
