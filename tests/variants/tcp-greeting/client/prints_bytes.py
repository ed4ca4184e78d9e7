"""Prints the bytes as they are and says hei, as in the tutorial."""
import socket

# 1.产生一个socket对象
client = socket.socket()
# 2.连接服务端(拼接服务端的ip和port)
client.connect(('192.168.1.169', 8080))
# 3.数据交互
res = client.recv(1024)  # 接收服务端发送的数据
print(res)
client.send(b'hei')  # 朝服务端发送数据
# 关闭
client.close()  # 直接把双向通道关闭
