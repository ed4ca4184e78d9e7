"""Functions, file and variables are Chinese; an error ends the talk, not in a traceback."""
import socket


def 创建服务端(地址, 端口):
    服务端 = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    服务端.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    服务端.bind((地址, 端口))
    服务端.listen(128)
    return 服务端


def 回声(连接):
    while True:
        数据 = 连接.recv(1024)
        if not 数据:
            print('客户端下线了')
            break
        print('接收到来自客户端的消息:' + 数据.decode('utf-8', errors='replace'))
        连接.send(数据)


def 主程序():
    服务端 = 创建服务端('192.168.21.36', 9000)
    连接, 客户端地址 = 服务端.accept()
    print('客户端的ip地址和端口号:', 客户端地址)
    try:
        回声(连接)
    except ConnectionError as 错误:
        print('客户端异常断开:', 错误)
    finally:
        连接.close()
        服务端.close()


if __name__ == '__main__':
    主程序()
