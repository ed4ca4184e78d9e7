"""Reads until the client has finished, with with-statements and create_server."""
import socket

with socket.create_server(('127.0.0.1', 8080)) as server:
    conn, addr = server.accept()
    with conn:
        print('client', addr)
        conn.sendall('hello'.encode())
        while data := conn.recv(1024):
            print('received:', data)
