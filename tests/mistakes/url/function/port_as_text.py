"""Returns the port as text.

Fails: ADR-01
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
    if port and not 0 <= int(port) <= 65535:
        raise ValueError(port)
    port = port or ports[scheme]
    return scheme, user, passwd, host, port, '/' + path, query


print(url('http://user:passwd@www.google.com/pages/index.html?key1=data1'))
