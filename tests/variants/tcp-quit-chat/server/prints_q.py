"""Prints a received q before it quits, and closes with shutdown."""
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('0.0.0.0', 9000))
sk.listen(1)
while True:
    conn, addr = sk.accept()
    print('connected', addr)
    try:
        while True:
            inp = input('>>>')
            conn.sendall(inp.encode('utf-8'))
            if inp == 'q':
                break
            msg = conn.recv(1024)
            print('peer:', msg.decode('utf-8', 'replace'))
            if msg in (b'q', b''):
                break
        conn.shutdown(socket.SHUT_RDWR)
    except OSError as e:
        print('connection lost:', e)
    finally:
        conn.close()
