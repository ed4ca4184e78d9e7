"""Port 0 lets the system choose a free port.

Tutorial: ports are given out dynamically by the system, or fixed by the
program (001 ports).

Every client that does not bind gets its port so, from the range for
short-lived ("ephemeral") ports. A number is free only as long as somebody
holds it: who closes the socket to use the number later may find it taken.

Hint: start it twice; are the numbers the same?
"""

import socket

first, second = socket.socket(), socket.socket()
first.bind(("127.0.0.1", 0))
second.bind(("127.0.0.1", 0))
ports = [s.getsockname()[1] for s in (first, second)]
print("two sockets with port 0 have", ports)
try:
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        lowest, highest = map(int, file.read().split())
    print("the range is", lowest, "to", highest)
except OSError:
    print("the range is not told by this system")
different = ports[0] != ports[1] and 0 not in ports
print("as the tutorial says:", different)
