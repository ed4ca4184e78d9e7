"""A pool of 32 threads."""
import socket
from concurrent.futures import ThreadPoolExecutor


def echo(conn, addr):
    print(addr, 'connected')
    with conn:
        try:
            for data in iter(lambda: conn.recv(1024), b''):
                print(addr, data.decode(errors='replace'))
                conn.sendall(data)
        except OSError as e:
            print(addr, e)


with socket.create_server(('127.0.0.1', 8989), backlog=128) as server, ThreadPoolExecutor(32) as pool:
    while True:
        pool.submit(echo, *server.accept())
