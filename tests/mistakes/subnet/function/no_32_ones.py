"""Builds the mask of 32 ones with a fifth number.

Fails: ADR-08
"""

def mask_of(ones):
    full, rest = divmod(ones, 8)
    return [255] * full + [256 - 2 ** (8 - rest)] + [0] * (3 - full)


def subnet(first, second, mask):
    mask = mask_of(mask) if isinstance(mask, int) else [int(n) for n in mask.split('.')]
    bits = ''.join(format(n, '08b') for n in mask)
    if '01' in bits or len(mask) != 4:
        raise ValueError(bits)
    a = [int(n) for n in first.split('.')]
    b = [int(n) for n in second.split('.')]
    one = '.'.join(str(n & m) for n, m in zip(a, mask))
    two = '.'.join(str(n & m) for n, m in zip(b, mask))
    return one, two, one == two
