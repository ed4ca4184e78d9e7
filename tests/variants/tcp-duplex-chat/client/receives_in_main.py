"""The main thread receives, a daemon thread asks; the end of main is the end."""
import socket
import sys
import threading

try:
    sock = socket.create_connection(('127.0.0.1', 8989))
except OSError as error:
    sys.exit(f'no server: {error}')


def ask():
    for line in sys.stdin:
        sock.sendall(line.rstrip('\n').encode('utf-8'))


threading.Thread(target=ask, daemon=True).start()
while True:
    data = sock.recv(1024)
    if not data:
        break
    print('server:', data.decode('utf-8', 'replace'))
print('server closed')
sock.close()
