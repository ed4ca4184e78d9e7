"""Takes answers from the server's address only, and waits on after a timeout."""
import socket

server = ('127.0.0.1', 8001)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(0.5)
while True:
    line = input('> ')
    client.sendto(line.encode('utf-8'), server)
    if not line:
        break
    while True:
        try:
            data, address = client.recvfrom(2048)
        except socket.timeout:
            continue
        if address == server:
            break
        print('ignored a datagram from', address)
    print('server:', data.decode('utf-8', 'replace'))
client.close()
