"""Computes the digits by dividing by two, and prints its steps."""

def digits(number):
    result = ''
    while len(result) < 8:
        result = str(number % 2) + result
        number //= 2
    return result


def address_bits(address):
    a, b, c, d = [int(part) for part in address.split('.')]
    for number in (a, b, c, d):
        print(number, '->', digits(number))
        if number not in range(0, 256):
            raise ValueError('每段 0~255')
    return '.'.join([digits(a), digits(b), digits(c), digits(d)])
