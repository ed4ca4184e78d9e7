"""Leaves out the zeros that a group begins with: bin() has none.

Fails: ADR-05
"""

def address_bits(address):
    numbers = address.split('.')
    if len(numbers) != 4:
        raise ValueError(address)
    groups = []
    for number in numbers:
        number = int(number)
        if number < 0 or number > 255:
            raise ValueError(number)
        groups.append(bin(number)[2:])
    return '.'.join(groups)
