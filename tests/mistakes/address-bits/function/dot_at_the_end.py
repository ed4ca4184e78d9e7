"""Takes dots off both ends.

Fails: ADR-04
"""

def address_bits(address):
    numbers = [int(n) for n in address.strip('.').split('.')]
    if len(numbers) != 4:
        raise ValueError(address)
    for n in numbers:
        if not 0 <= n <= 255:
            raise ValueError(address)
    return '.'.join(format(n, '08b') for n in numbers)
