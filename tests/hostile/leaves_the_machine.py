"""Looks for a way out of this machine.

Tries: to have a route to an address outside (nothing is sent)
Stopped by: network
Without: it has the route
Deserves: passes
Shows: got (route)
"""

import _socket
import socket

try:
    other = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    other.connect(('192.0.2.1', 9))
    # Where every address is this machine's, the answer is the address itself.
    own = other.getsockname()[0]
    print('inside' if own == '192.0.2.1' else 'got: a route to the outside')
except OSError as error:
    print(f'refused: {error}')

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
