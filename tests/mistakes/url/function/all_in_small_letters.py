"""Makes small letters of the whole address, and not of scheme and host only.

Fails: ADR-01
"""

def url(address):
    ports = {'http': 80, 'ftp': 21}
    scheme, rest = address.lower().split('://', 1)
    rest, _, query = rest.partition('?')
    server, _, path = rest.partition('/')
    user = passwd = ''
    if '@' in server:
        login, server = server.split('@')
        user, passwd = login.split(':')
    host, _, port = server.partition(':')
    port = int(port) if port else ports[scheme]
    if port < 0 or port > 65535:
        raise ValueError('no such port: %d' % port)
    return scheme, user, passwd, host, port, '/' + path, query


print(url('http://user:passwd@www.google.com/pages/index.html?key1=data1'))
