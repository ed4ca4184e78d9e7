"""Plain threads and a file object: the wire does not show which module was used."""
import socket
import threading


def talk(conn, addr):
    print('connect from', addr)
    try:
        with conn, conn.makefile('rwb') as stream:
            for line in stream:
                stream.write(line)
                stream.flush()
    except OSError as e:
        print(addr, e)


with socket.create_server(('127.0.0.1', 9999), backlog=128) as server:
    while True:
        threading.Thread(target=talk, args=server.accept(), daemon=True).start()
