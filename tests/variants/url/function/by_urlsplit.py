"""Leaves the work to urllib.parse; missing parts are None."""

from urllib.parse import urlsplit

PORTS = {'http': 80, 'ftp': 21}


def url(address):
    parts = urlsplit(address)
    port = parts.port if parts.port is not None else PORTS[parts.scheme]
    return (parts.scheme, parts.username, parts.password, parts.hostname, port,
            parts.path, parts.query or None)
