"""url: takes a URL apart into scheme, user, password, host, port, path and query."""

from __future__ import annotations

DEFAULT_PORTS = {"http": 80, "ftp": 21}


def url(address: str) -> tuple[str, str, str, str, int, str, str]:
    """Return scheme, user, password, host, port, path and query of ``address``.

    Raises:
        ValueError: there is no such scheme, or no such port.
    """
    scheme, separator, rest = address.partition("://")
    if not separator or scheme not in DEFAULT_PORTS:
        raise ValueError(f"{address!r} does not begin with http:// or ftp://")
    rest, _, query = rest.partition("?")
    place, slash, path = rest.partition("/")
    login, _, server = place.rpartition("@")
    user, _, password = login.partition(":")
    host, colon, port = server.partition(":")
    return scheme, user, password, host, port_number(port, scheme, colon), slash + path, query


def port_number(text: str, scheme: str, colon: str) -> int:
    """Return the port that follows the colon, or that of the scheme where there is none."""
    port = int(text) if colon else DEFAULT_PORTS[scheme]
    if not 0 <= port <= 65535:
        raise ValueError(f"{port} is no port: there are 0 to 65535")
    return port


if __name__ == "__main__":
    print(url("http://user:passwd@www.google.com/pages/index.html?key1=data1"))
