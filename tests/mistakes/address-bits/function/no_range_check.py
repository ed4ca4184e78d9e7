"""Does not check that a number is from 0 to 255.

Fails: ADR-04
"""

def address_bits(address):
    numbers = address.split('.')
    if len(numbers) != 4:
        raise ValueError(address)
    groups = []
    for number in numbers:
        number = int(number)
        groups.append(bin(number)[2:].zfill(8))
    return '.'.join(groups)
