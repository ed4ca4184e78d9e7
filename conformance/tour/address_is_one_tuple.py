"""An IPv4 address is one tuple of a text and a number.

Tutorial: for IPv4 the address is a tuple, (host, port) (004 §3.2; 003 §3.4).

bind and connect take one argument. Two arguments, a port in quotes (which is
what input() gives) or a tuple of one are each a TypeError, and nothing is sent.

Hint: what does int(input("port: ")) do when you type a letter?
"""

import socket

sock = socket.socket()
wrong = [("127.0.0.1", "8000"), ("127.0.0.1",), "127.0.0.1"]
refused = 0
for address in wrong:
    try:
        sock.connect(address)
    except TypeError as error:
        refused += 1
        print(f"connect({address!r}) -> TypeError:", error)
try:
    sock.bind("127.0.0.1", 8000)
except TypeError as error:
    refused += 1
    print("bind with two arguments -> TypeError:", error)
sock.bind(("127.0.0.1", 0))
print("bind(('127.0.0.1', 0)) -> bound")
print("as the tutorial says:", refused == 4)
