"""Takes hexadecimal numbers as well: int guesses the base.

Fails: ADR-04
"""

def address_bits(address):
    numbers = address.split('.')
    if len(numbers) != 4:
        raise ValueError(address)
    groups = []
    for number in numbers:
        number = int(number, 0)
        if number < 0 or number > 255:
            raise ValueError(number)
        groups.append(bin(number)[2:].zfill(8))
    return '.'.join(groups)
