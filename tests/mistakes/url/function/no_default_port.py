"""Returns None where the URL names no port.

Fails: ADR-02
"""

def url(address):
    ports = {'http': 80, 'ftp': 21}
    scheme, rest = address.split('://', 1)
    rest, _, query = rest.partition('?')
    server, _, path = rest.partition('/')
    user = passwd = ''
    if '@' in server:
        login, server = server.split('@')
        user, passwd = login.split(':')
    host, _, port = server.partition(':')
    port = int(port) if port else None
    if port is not None and not 0 <= port <= 65535:
        raise ValueError(port)
    return scheme, user, passwd, host, port, '/' + path, query


print(url('http://user:passwd@www.google.com/pages/index.html?key1=data1'))
