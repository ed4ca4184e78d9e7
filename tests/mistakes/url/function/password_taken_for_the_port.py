"""Splits at ":" only: the password is taken for the port.

Fails: ADR-01
"""

def url(address):
    ports = {'http': 80, 'ftp': 21}
    scheme, rest = address.split('://', 1)
    rest, _, query = rest.partition('?')
    server, _, path = rest.partition('/')
    host, _, port = server.partition(':')
    if not port:
        port = ports[scheme]
    elif port.lstrip('-').isdigit() and not 0 <= int(port) <= 65535:
        raise ValueError(port)
    elif port.lstrip('-').isdigit():
        port = int(port)
    return scheme, '', '', host, port, '/' + path, query
