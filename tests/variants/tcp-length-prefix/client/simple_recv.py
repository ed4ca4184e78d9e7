"""One recv for the header, one for the message, as in the tutorial's five steps.

Loses: HDR-08, HDR-09
"""
import socket
import struct

sock = socket.socket()
sock.connect(('192.168.1.169', 8080))
while True:
    # 1.先接收固定长度的数据报头
    res = sock.recv(4)
    if not res:
        break
    # 2.根据报头解析出真实长度
    length = struct.unpack('i', res)[0]
    # 3.根据真实长度接收
    data = sock.recv(length)
    print(data.decode('utf8'))
sock.close()
