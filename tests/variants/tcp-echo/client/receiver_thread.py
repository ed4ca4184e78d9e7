"""A thread receives, the main thread types and waits for it by a queue."""
import queue
import socket
import threading

client = socket.socket()
client.connect(('127.0.0.1', 8000))
answers = queue.Queue()


def receive():
    while True:
        try:
            data = client.recv(1024)
        except OSError:
            data = b''
        answers.put(data)
        if not data:
            return


thread = threading.Thread(target=receive, daemon=True)
thread.start()
while True:
    line = input('>>> ')
    if not line:
        break
    client.sendall(line.encode())
    answer = answers.get()
    if not answer:
        print('the server has gone')
        break
    print(answer.decode('utf-8', 'replace'))
try:
    client.shutdown(socket.SHUT_RDWR)
except OSError:
    pass
thread.join()
client.close()
