"""Its prompt has no text, it looks for the empty line before it sends."""
import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input()
    if line == '':
        break
    client.sendall(line.encode('utf-8'))
    data = client.recv(1024)
    if not data:
        print('server closed')
        break
    print('from server:', data.decode('utf-8', 'replace'))
client.close()
