"""Takes any number of groups for an address.

Fails: ADR-04
"""

def address_bits(address):
    numbers = address.split('.')
    groups = []
    for number in numbers:
        number = int(number)
        if number < 0 or number > 255:
            raise ValueError(number)
        groups.append(bin(number)[2:].zfill(8))
    return '.'.join(groups)
