"""Prints the answer without the sender.

Fails: QQC-01
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
qq_name_dic = {
    '金老板': ('127.0.0.1', 8081),
    '哪吒': ('127.0.0.1', 8082),
    'egg': ('127.0.0.1', 8083),
    'yuan': ('127.0.0.1', 8084),
}
while True:
    qq_name = input('请选择聊天对象: ').strip()
    while True:
        msg = input('请输入消息,回车发送,输入q结束和他的聊天: ').strip()
        if msg == 'q':
            break
        if not msg or not qq_name or qq_name not in qq_name_dic:
            continue
        sk.sendto(msg.encode('utf-8'), qq_name_dic[qq_name])
        back_msg, addr = sk.recvfrom(1024)
        print('一条消息:\033[1;44m%s\033[0m' % back_msg.decode('utf-8'))
