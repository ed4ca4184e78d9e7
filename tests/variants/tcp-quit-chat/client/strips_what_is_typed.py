"""Strips what is typed and received, asks again on an empty line, shuts down before it closes."""
import socket

client = socket.create_connection(('127.0.0.1', 9000))
while True:
    data = client.recv(1024)
    text = data.decode('utf-8').strip()
    if not data:
        break
    print('<', text)
    if text == 'q':
        break
    line = input('> ').strip()
    while not line:
        line = input('> ').strip()
    client.sendall(line.encode('utf-8'))
    if line == 'q':
        break
try:
    client.shutdown(socket.SHUT_RDWR)
except OSError:
    pass
client.close()
