"""Leaves the work to ipaddress, and returns a list."""

import ipaddress


def subnet(first, second, mask):
    networks = []
    if '01' in format(int(ipaddress.ip_address(mask)) if isinstance(mask, str) else 0, '032b'):
        raise ValueError(mask)
    for address in (first, second):
        network = ipaddress.ip_network('%s/%s' % (address, mask), strict=False)
        networks.append(str(network.network_address))
    return [networks[0], networks[1], networks[0] == networks[1]]
