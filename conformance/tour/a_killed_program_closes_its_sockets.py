"""When a program ends, the system closes its sockets.

Tutorial: when a process ends, of itself or not, all its open descriptors are
closed, which sends FIN (002 §4, TCP).

Also when it is killed and can't do anything more. But it depends on what it had
read: with bytes left unread it is RST, and the other end gets
ConnectionResetError in place of the end.

Hint: end the child with exit() in place of kill.
"""

import socket
import subprocess
import sys

CHILD = """
import socket, sys
sock = socket.create_connection(
    ("127.0.0.1", int(sys.argv[1]))
)
sock.sendall(b"here")
sock.recv(int(sys.argv[2]))
sock.sendall(b"read")
input()
"""
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
port = listener.getsockname()[1]
ends = []
for count in [10, 5]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(port), str(count)],
        stdin=subprocess.PIPE,
    )
    server, _ = listener.accept()
    server.recv(4)
    server.sendall(b"0123456789")
    server.recv(4)
    child.kill()
    child.wait()
    try:
        ends.append(server.recv(1024))
    except ConnectionResetError as error:
        ends.append(type(error).__name__)
    print("killed after", count, "of 10 ->", ends[-1])
right = ends == [b"", b""]
print("as the tutorial says:", right)
