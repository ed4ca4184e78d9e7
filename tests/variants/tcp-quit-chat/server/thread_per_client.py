"""Serves each client in a thread; the keyboard belongs to whoever got it first."""
import socket
import threading

keyboard = threading.Lock()


def serve(conn, addr):
    with conn, keyboard:
        while True:
            text = input(f'{addr[1]}> ')
            try:
                conn.sendall(text.encode('utf-8'))
                if text == 'q':
                    break
                data = conn.recv(1024)
            except OSError:
                break
            if data in (b'q', b''):
                break
            print(data.decode('utf-8', 'replace'))


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', 9000))
listener.listen(5)
while True:
    threading.Thread(target=serve, args=listener.accept(), daemon=True).start()
