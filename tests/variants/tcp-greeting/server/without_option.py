"""Sets no option before bind, as in the tutorial.

Loses: PRT-03, PRT-04
"""
#上课例题
import socket
sk = socket.socket() # 创建了一个socket对象
sk.bind(('127.0.0.1',8080)) # 绑定一台机器的(ip,端口)
sk.listen() # 建立监听等待别人连接
conn,addr = sk.accept() # 阻塞:在这里等待直到接到一个连接
print(conn)
print(addr)
conn.send(b'hello') # 和对方打招呼必须以byes类型发送
msg = conn.recv(1024) # 对方和我说的话
print(msg)
conn.close() # 挂电话
sk.close() # 关机
