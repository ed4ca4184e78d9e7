"""sendfile, a pause of half a second, shutdown before close."""

import os
import socket
import time

filename = input('请输入文件路径: ').strip()
sock = socket.create_connection(('127.0.0.1', 9000))
print('文件大小', os.path.getsize(filename))
sock.sendall(os.path.basename(filename).encode())
time.sleep(0.5)
with open(filename, 'rb') as f:
    sock.sendfile(f)
sock.shutdown(socket.SHUT_WR)
sock.close()
print('上传完毕')
