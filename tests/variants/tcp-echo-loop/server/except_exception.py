"""Catches every Exception and prints it, receives in a function of its own."""
import socket


def get(conn):
    data = conn.recv(1024)
    if data:
        print('got:', data.decode('utf-8', 'replace'))
    return data


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
while True:
    conn, addr = s.accept()
    print('new client', addr)
    try:
        while True:
            data = get(conn)
            if not data:
                break
            conn.sendall(data)
    except Exception as e:
        print('error:', repr(e))
    conn.close()
