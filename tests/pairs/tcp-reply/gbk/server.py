"""Speaks GBK, which the exercise does not ask for, as its client does.

Together: nothing
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('', 8989))
sk.listen(128)
conn, addr = sk.accept()
data = conn.recv(1024)
print(addr, len(data), data.decode('gbk'))
conn.send('ok, 问题正在处理中...'.encode('gbk'))
conn.close()
sk.close()
