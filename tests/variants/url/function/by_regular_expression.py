"""Uses a regular expression, and returns a list."""

import re

PATTERN = re.compile(r'(\w+)://(?:(\w+):(\w+)@)?([^:/]+)(?::(-?\d+))?(/[^?]*)(?:\?(.*))?$')


def url(address):
    """Return the parts of the URL."""
    parts = list(PATTERN.match(address).groups())
    parts[4] = int(parts[4] if parts[4] is not None else {'http': 80, 'ftp': 21}[parts[0]])
    if parts[4] not in range(65536):
        raise ValueError('端口超出 0~65535')
    return parts
