"""Sends the empty line too, which sends nothing, and only then ends."""
import socket
client = socket.socket()
client.connect(('192.168.1.169', 8080))
while True:
    strInp = input('>')
    client.send(strInp.encode())
    if not strInp:
        break
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
