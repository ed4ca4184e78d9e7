"""Cuts the addresses after the third number, whatever the mask.

Fails: ADR-06
"""

def subnet(first, second, mask):
    if isinstance(mask, int):
        ones = '1' * mask + '0' * (32 - mask)
        mask = '.'.join(str(int(ones[i:i + 8], 2)) for i in (0, 8, 16, 24))
    mask = [int(n) for n in mask.split('.')]
    bits = ''.join(format(n, '08b') for n in mask)
    if '01' in bits:
        raise ValueError(bits)
    a = [int(n) for n in first.split('.')]
    b = [int(n) for n in second.split('.')]
    one = []
    two = []
    for i in range(4):
        one.append(a[i] if i < 3 else 0)
        two.append(b[i] if i < 3 else 0)
    one = '.'.join(str(n) for n in one)
    two = '.'.join(str(n) for n in two)
    return one, two, one == two
