"""Returns the network addresses as numbers.

Fails: ADR-06
"""

import ipaddress


def subnet(first, second, mask):
    a = int(ipaddress.ip_address(first))
    b = int(ipaddress.ip_address(second))
    m = int(ipaddress.ip_address(mask))
    return a & m, b & m, a & m == b & m
