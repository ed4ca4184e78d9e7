"""Leaves the checks to ipaddress, whose errors inherit from ValueError."""

import ipaddress
import textwrap


def address_bits(address):
    number = int(ipaddress.IPv4Address(address))
    return '.'.join(textwrap.wrap('{:032b}'.format(number), 8))
