"""Works with text of zeros and ones, as one does it on paper."""

def bits(address):
    return ''.join('{:08b}'.format(int(number)) for number in address.split('.'))


def network(address, mask):
    result = ''
    for a, m in zip(bits(address), mask):
        result += '1' if a == '1' and m == '1' else '0'
    return '.'.join(str(int(result[i:i + 8], 2)) for i in range(0, 32, 8))


def subnet(first, second, mask):
    mask = '1' * mask + '0' * (32 - mask) if isinstance(mask, int) else bits(mask)
    if mask.rstrip('0').count('0'):
        raise ValueError('子网掩码不连续')
    one, two = network(first, mask), network(second, mask)
    print(one, two)
    return one, two, one == two
