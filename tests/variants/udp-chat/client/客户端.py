"""A class with a timeout that goes on waiting; nested functions, Chinese names."""
import socket


class 聊天:
    好友 = {'egg': ('localhost', 8091), 'yuan': ('localhost', 8092), '小明': ('localhost', 8093)}

    def __init__(self):
        self.套接字 = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.套接字.settimeout(0.5)

    def 问(self, 内容, 地址):
        self.套接字.sendto(内容.encode('utf-8'), 地址)
        while True:
            try:
                回复, 来自 = self.套接字.recvfrom(1024)
                return '%s:%s 说: %s' % (来自[0], 来自[1], 回复.decode('utf-8'))
            except socket.timeout:
                pass

    def 开始(self):
        while True:
            名字 = input('请选择聊天对象: ').strip()
            内容 = input('消息: ').strip()
            while 内容 != 'q':
                if 内容 and 名字 in self.好友:
                    print(self.问(内容, self.好友[名字]))
                内容 = input('消息: ').strip()


聊天().开始()
