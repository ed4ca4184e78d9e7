"""An IPv6 address has four parts, not two.

Tutorial: AF_INET6 is the family for IPv6 (004 §3.1; 002 §4).

accept() and recvfrom() give (host, port, flow, scope) there. A program that
writes `host, port = address` works with IPv4 only.

Hint: take address[0] and address[1], which both families have.
"""

import socket
import sys

try:
    listener = socket.socket(socket.AF_INET6)
    listener.bind(("::1", 0))
except OSError as error:
    sys.exit(f"not here: no IPv6 on this machine ({error})")
listener.listen()
client = socket.socket(socket.AF_INET6)
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"hello")
print("accept gave the address", address)
print("parts", len(address))
print("recv(1024) ->", server.recv(1024))
six = server.family == socket.AF_INET6
print("as the tutorial says:", six)
