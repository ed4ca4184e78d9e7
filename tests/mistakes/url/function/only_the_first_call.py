"""Reads from an iterator that is used up by the first call.

Fails: ADR-01
"""

from urllib.parse import urlsplit

names = iter(['username', 'password', 'hostname'])


def url(address):
    parts = urlsplit(address)
    user, passwd, host = [getattr(parts, name) for name in names]
    return parts.scheme, user, passwd, host, parts.port or 80, parts.path, parts.query
