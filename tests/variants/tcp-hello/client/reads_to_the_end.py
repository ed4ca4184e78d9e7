"""Uses create_connection, reads to the end of the stream, shuts down before it closes."""
import socket

with socket.create_connection(('127.0.0.1', 8999)) as sk:
    sk.sendall(b'hello')
    reply = b''
    while True:
        data = sk.recv(1024)
        if not data:
            break
        reply += data
    print('reply:', reply.decode())
    sk.shutdown(socket.SHUT_RDWR)
