"""Decodes as ASCII and leaves out what is none.

Fails: DAT-04
"""

import socket

# 1.产生一个socket对象
client = socket.socket()
# 2.连接服务端(拼接服务端的ip和port)
client.connect(('192.168.1.169', 8080))
# 3.数据交互
while True:
    res = client.recv(1024)
    if len(res) == 0:
        print('服务端已断开')
        break
    print(res.decode('ascii', 'ignore'))
    msg = input('请输入你要发送的内容》》》》:').strip()
    if len(msg) == 0:
        msg = '重来重来!!!'
    client.send(msg.encode('utf8'))
client.close()
