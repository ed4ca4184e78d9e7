"""The ports that need rights end at 1023, not at 1024.

Tutorial: ports 0 to 1024 are the system's, 1024 to 8000 those of well known
programs, and your own programs use 8000 and above (001 ports).

That is good advice, not a rule of the system. What Linux refuses to ordinary
users are the ports below the number in ip_unprivileged_port_start, by default
1024. Port 0 can't be used at all: it asks for any port. Windows (documented,
not run) lets ordinary users bind low ports.

Hint: which of these numbers do you know from your browser?
"""

import socket

for port in [80, 1023, 1024]:
    sock = socket.socket()
    try:
        sock.bind(("127.0.0.1", port))
        print("bind", port, "-> bound")
    except OSError as error:
        print("bind", port, "->", error)
    sock.close()
name = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
try:
    with open(name) as file:
        first = int(file.read())
    print("for everybody from", first)
except OSError:
    first = None
    print("this system does not tell where they end")
print("as the tutorial says:", first == 1025)
