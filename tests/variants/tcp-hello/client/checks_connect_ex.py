"""Looks at the code that connect_ex returns and ends with a message."""
import os
import sys
from socket import *

s = socket(AF_INET, SOCK_STREAM)
code = s.connect_ex(('192.168.1.169', 80))
if code != 0:
    print('连接失败:', os.strerror(code))
    sys.exit(1)
s.send('hello'.encode('utf8'))
print(s.recv(1024).decode('utf8'))
s.close()
sys.exit(0)
