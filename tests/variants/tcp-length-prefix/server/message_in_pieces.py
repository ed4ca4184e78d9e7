"""Sends the message in pieces of at most 1024 bytes."""
import socket
import struct


def send_message(conn, text):
    data = text.encode('utf8')
    conn.send(struct.pack('I', len(data)))
    for start in range(0, len(data), 1024):
        conn.send(data[start:start + 1024])


server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen()
conn, addr = server.accept()
while True:
    send_message(conn, input('> '))
