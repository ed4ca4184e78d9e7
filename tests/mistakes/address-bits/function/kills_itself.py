"""Ends the process in the function.

Fails: ADR-05
"""

import os


def address_bits(address):
    print('.'.join('{:08b}'.format(int(n)) for n in address.split('.')))
    os._exit(0)
