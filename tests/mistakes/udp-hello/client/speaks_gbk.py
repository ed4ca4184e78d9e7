"""Says its Chinese word in GBK where UTF-8 is asked for.

Fails: XCH-06, XCH-11
"""

import socket

c = socket.socket(type=socket.SOCK_DGRAM)
c.sendto('客户端'.encode('gbk'), ('127.0.0.1', 8080))
msg, address = c.recvfrom(1024)
print('msg>>>%s' % msg.decode('gbk'))
