"""Takes nothing between two dots for a zero.

Fails: ADR-04
"""

def address_bits(address):
    numbers = [int(n or 0) for n in address.split('.')]
    if len(numbers) != 4:
        raise ValueError(address)
    for n in numbers:
        if not 0 <= n <= 255:
            raise ValueError(address)
    return '.'.join(format(n, '08b') for n in numbers)
