"""Catches its own error and prints it.

Fails: ADR-04
"""

def address_bits(address):
    try:
        a, b, c, d = [int(n) for n in address.split('.')]
        return '.'.join(format(n, '08b') for n in bytes([a, b, c, d]))
    except ValueError as e:
        print('错误:', e)
