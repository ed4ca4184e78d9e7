"""Takes IPv6 addresses as well.

Fails: ADR-04
"""

import ipaddress


def address_bits(address):
    return '.'.join(format(n, '08b') for n in ipaddress.ip_address(address).packed)
