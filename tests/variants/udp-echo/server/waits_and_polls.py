"""Has a timeout after which it goes on, and sleeps 0.3 seconds before each answer."""
import socket
import time

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(('', 8001))
server.settimeout(0.5)
while True:
    try:
        data, (ip, port) = server.recvfrom(65535)
    except socket.timeout:
        continue
    if data == b'':
        print('收到空数据,结束')
        break
    print('来自[%s:%s]的一条消息:\033[1;44m%s\033[0m' % (ip, port, data.decode('utf-8', 'replace')))
    time.sleep(0.3)
    server.sendto(data, (ip, port))
server.close()
