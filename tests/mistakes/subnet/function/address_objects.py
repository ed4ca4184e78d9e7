"""Returns objects of ipaddress instead of text.

Fails: ADR-06
"""

from ipaddress import ip_interface


def subnet(first, second, mask):
    one = ip_interface('%s/%s' % (first, mask)).network.network_address
    two = ip_interface('%s/%s' % (second, mask)).network.network_address
    return one, two, one == two
