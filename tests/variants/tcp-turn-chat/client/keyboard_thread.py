"""A thread reads the keyboard all the time; its lines wait in a queue for their turn."""
import queue
import socket
import threading

lines = queue.Queue()


def read_keyboard():
    while True:
        lines.put(input().strip())


client = socket.socket()
client.connect(('192.168.1.169', 8080))
threading.Thread(target=read_keyboard, daemon=True).start()
while True:
    data = client.recv(1024)
    if not data:
        break
    print('server:', data.decode('utf8'))
    print('your turn: ', end='', flush=True)
    line = lines.get()
    while not line:
        print('not empty, please: ', end='', flush=True)
        line = lines.get()
    client.sendall(line.encode('utf8'))
client.close()
