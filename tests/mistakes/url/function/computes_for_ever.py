"""Never comes to the end of its loop.

Fails: ADR-01
"""

def url(address):
    at = 0
    while address[at:at + 3] != ':/':
        at = at + 1
    return address[:at], address[at + 3:]
