"""Forgets that a dot stands for any character in a regular expression.

Fails: ADR-04
"""

import re


def address_bits(address):
    match = re.fullmatch(r'(\d+).(\d+).(\d+).(\d+)', address)
    if not match:
        raise ValueError(address)
    numbers = [int(n) for n in match.groups()]
    for n in numbers:
        if not 0 <= n <= 255:
            raise ValueError(address)
    return '.'.join(format(n, '08b') for n in numbers)
