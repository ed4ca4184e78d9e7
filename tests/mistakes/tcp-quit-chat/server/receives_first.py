"""Receives before it sends: server and client both wait for the other.

Fails: XCH-03 (like: receives-first)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
while True:
    conn, addr = sk.accept()
    try:
        while True:
            msg = conn.recv(1024)
            if not msg or msg == b'q':
                break
            print(msg.decode('utf-8'))
            inp = input('>>>')
            conn.send(inp.encode('utf-8'))
            if inp == 'q':
                break
    except OSError as e:
        print(e)
    conn.close()
