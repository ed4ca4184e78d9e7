"""Keeps the parts of all calls in one list: a default value is made once.

Fails: ADR-01
"""

from urllib.parse import urlsplit


def url(address, found=[]):
    parts = urlsplit(address)
    found += [parts.scheme, parts.username, parts.password, parts.hostname]
    found += [parts.port or 80, parts.path, parts.query]
    return tuple(found)
