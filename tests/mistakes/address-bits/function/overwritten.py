"""Uses the name of the function for its result.

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
    return '.'.join(groups)


address_bits = address_bits('100.4.5.6')
print(address_bits)
