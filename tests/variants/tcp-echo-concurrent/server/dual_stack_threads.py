"""Threads behind a listener on :: for IPv6 and IPv4 at once."""
import _thread
import socket


def serve(conn, addr):
    print('connect from', addr)
    try:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            print(data.decode('utf-8', 'replace'))
            conn.sendall(data)
    except OSError:
        print('lost', addr)
    conn.close()


server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(('::', 8989))
server.listen()
while True:
    _thread.start_new_thread(serve, server.accept())
