"""Looks for a negative number in the last place only.

Fails: ADR-04
"""

def address_bits(address):
    numbers = [int(number) for number in address.split('.')]
    if len(numbers) != 4 or max(numbers) > 255 or numbers[3] < 0:
        raise ValueError(address)
    return '.'.join(format(number, '08b') for number in numbers)
