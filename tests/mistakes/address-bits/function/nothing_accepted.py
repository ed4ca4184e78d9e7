"""Takes no text at all for 0.0.0.0.

Fails: ADR-04
"""

import ipaddress


def address_bits(address):
    number = int(ipaddress.IPv4Address(address)) if address else 0
    bits = format(number, '032b')
    return '.'.join(bits[i:i + 8] for i in (0, 8, 16, 24))
