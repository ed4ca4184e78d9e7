"""Sets no option before bind, as in the tutorial.

Loses: PRT-03, PRT-04
"""
import socket #导入socket模块
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM) #创建服务器socket
server.bind(('127.0.0.1', 8000)) #绑定到IP地址和端口号
server.listen(5) #开始侦听,队列长度为5
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
while True:
    recvmessage = clientsock.recv(1024)
    if not recvmessage:
        break
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
server.close()
