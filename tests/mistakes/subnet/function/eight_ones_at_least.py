"""Refuses a number of ones below 8.

Fails: ADR-08
"""

def subnet(first, second, mask):
    if isinstance(mask, int):
        if not 8 <= mask <= 32:
            raise ValueError(mask)
        ones = '1' * mask + '0' * (32 - mask)
        mask = '.'.join(str(int(ones[i:i + 8], 2)) for i in (0, 8, 16, 24))
    mask = [int(n) for n in mask.split('.')]
    bits = ''.join(format(n, '08b') for n in mask)
    if '01' in bits:
        raise ValueError(bits)
    a = [int(n) for n in first.split('.')]
    b = [int(n) for n in second.split('.')]
    one = '.'.join(str(n & m) for n, m in zip(a, mask))
    two = '.'.join(str(n & m) for n, m in zip(b, mask))
    return one, two, one == two
