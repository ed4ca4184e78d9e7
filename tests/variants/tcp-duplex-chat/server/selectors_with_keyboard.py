"""One thread: a selector waits for the keyboard, the listener and all clients."""
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
listener = socket.create_server(('', 8989))
clients = {}


def accept():
    conn, addr = listener.accept()
    clients[conn] = addr
    print('+', addr)
    sel.register(conn, selectors.EVENT_READ, lambda: receive(conn))


def receive(conn):
    try:
        data = conn.recv(1024)
    except OSError:
        data = b''
    if data:
        print(clients[conn], data.decode(errors='replace'))
    else:
        sel.unregister(conn)
        print('-', clients.pop(conn))
        conn.close()


def keyboard():
    line = sys.stdin.readline().rstrip('\n')
    for conn in list(clients):
        conn.sendall(line.encode())


sel.register(listener, selectors.EVENT_READ, accept)
sel.register(sys.stdin, selectors.EVENT_READ, keyboard)
while True:
    for key, _ in sel.select():
        key.data()
