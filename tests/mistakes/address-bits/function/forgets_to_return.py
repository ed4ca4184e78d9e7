"""Has no return at all.

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
        groups.append(bin(number)[2:].zfill(8))
    bits = '.'.join(groups)
