"""Takes 80 for the default port of every scheme.

Fails: ADR-02
"""

def url(address):
    scheme, rest = address.split('://', 1)
    rest, _, query = rest.partition('?')
    server, _, path = rest.partition('/')
    user = passwd = ''
    if '@' in server:
        login, server = server.split('@')
        user, passwd = login.split(':')
    host, _, port = server.partition(':')
    port = int(port) if port else 80
    if port < 0 or port > 65535:
        raise ValueError('no such port: %d' % port)
    return scheme, user, passwd, host, port, '/' + path, query


print(url('http://user:passwd@www.google.com/pages/index.html?key1=data1'))
