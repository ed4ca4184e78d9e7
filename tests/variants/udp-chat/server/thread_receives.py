"""A thread receives into a queue, the main thread asks and replies."""
import queue
import socket
import threading

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8081))
inbox = queue.Queue()


def receive():
    while True:
        inbox.put(sock.recvfrom(1024))


threading.Thread(target=receive, daemon=True).start()
while True:
    data, addr = inbox.get()
    print('[%s:%d] %s' % (*addr, data.decode('utf8')))
    sock.sendto(input('reply> ').encode('utf8'), addr)
