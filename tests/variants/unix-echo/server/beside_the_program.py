"""The file lies beside the program, and atexit removes it."""

import atexit
import os
import socket
import stat

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, 'server.sock')


def remove():
    if os.path.lexists(PATH) and stat.S_ISSOCK(os.stat(PATH).st_mode):
        os.remove(PATH)


remove()
atexit.register(remove)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
sk.listen(5)
conn, _ = sk.accept()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(msg.decode(errors='replace'))
    conn.send(msg)
conn.close()
sk.close()
