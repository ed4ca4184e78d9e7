"""Is a script that asks and prints: there is no function.

Fails: ADR-01
"""

address = input('url: ')
scheme, rest = address.split('://', 1)
print(scheme, rest)
