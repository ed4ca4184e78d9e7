"""Is an object that can be called, made at the top level."""

from urllib.parse import urlsplit


class Splitter:
    def __init__(self, **ports):
        self.ports = ports

    def __call__(self, address):
        parts = urlsplit(address)
        port = self.ports[parts.scheme] if parts.port is None else parts.port
        return [parts.scheme, parts.username, parts.password, parts.hostname, port,
                parts.path, parts.query]


url = Splitter(http=80, ftp=21)
