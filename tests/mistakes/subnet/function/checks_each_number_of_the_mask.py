"""Checks each number of the mask, and that none is larger than the one before.

Fails: ADR-08
"""

NUMBERS = (0, 128, 192, 224, 240, 248, 252, 254, 255)


def subnet(first, second, mask):
    if isinstance(mask, int):
        ones = '1' * mask + '0' * (32 - mask)
        mask = '.'.join(str(int(ones[i:i + 8], 2)) for i in (0, 8, 16, 24))
    mask = [int(n) for n in mask.split('.')]
    if sorted(mask, reverse=True) != mask:
        raise ValueError(mask)
    for n in mask:
        if n not in NUMBERS:
            raise ValueError(n)
    a = [int(n) for n in first.split('.')]
    b = [int(n) for n in second.split('.')]
    one = '.'.join(str(x & m) for x, m in zip(a, mask))
    two = '.'.join(str(x & m) for x, m in zip(b, mask))
    return one, two, one == two
