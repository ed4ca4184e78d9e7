"""A thread receives and prints, the main thread waits for it with an event."""
import socket
import threading

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
turn = threading.Event()
over = False


def receive():
    global over
    while True:
        try:
            data = sk.recv(1024)
        except OSError:
            data = b''
        if data:
            print(data.decode('utf-8', 'replace'))
        over = data in (b'', b'q')
        turn.set()
        if over:
            return


thread = threading.Thread(target=receive)
thread.start()
while True:
    turn.wait()
    turn.clear()
    if over:
        break
    line = input('>>>')
    sk.sendall(line.encode('utf-8'))
    if line == 'q':
        sk.shutdown(socket.SHUT_RDWR)
        break
thread.join()
sk.close()
