"""Both threads are joined; the one that sends ends with the next line."""
import socket
import threading

client = socket.socket()
client.connect(('127.0.0.1', 8989))
running = True


def speak():
    while running:
        text = input('> ')
        if not running:
            break
        try:
            client.sendall(text.encode())
        except OSError:
            break


def listen():
    global running
    while running:
        try:
            data = client.recv(1024)
        except OSError:
            data = b''
        if not data:
            running = False
            print('the server is gone, press Enter')
            break
        print('<', data.decode(errors='replace'))


threads = [threading.Thread(target=f) for f in (speak, listen)]
for t in threads:
    t.start()
for t in threads:
    t.join()
client.close()
