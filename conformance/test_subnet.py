"""subnet: a function that tells whether two addresses are in the same subnet.

Write a function subnet(first, second, mask) that returns a tuple of three: the
network address of first, the network address of second, and True when both are
in the same subnet, otherwise False. Addresses are text such as "172.16.10.1".
The mask is text such as "255.255.255.0", or the number of its ones, such as 24.
subnet("172.16.10.1", "172.16.10.2", "255.255.255.0") is ("172.16.10.0",
"172.16.10.0", True). A mask is ones followed by zeros: any other one raises
ValueError. The function prints and asks nothing. Source: tutorial 002, subnet
mask.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from pytest_sockets import Exercise, Finding, Function, behaviour, message, profile

EXAMPLE = ("172.16.10.1", "172.16.10.2", 24)
FIRST, SECOND, TOGETHER = 0, 1, 2
"""The places in the tuple."""
BITS = 32
SOURCE = "002 subnet mask"
HOLES = ("255.0.255.0", "255.255.253.0", "0.255.255.255", "254.254.0.0", "255.128.128.0")
"""No masks; in some each number is one that a mask may have, and none is larger than the last."""


def dotted(number: int) -> str:
    """Return an address, or a mask, as four decimal numbers."""
    return str(ipaddress.IPv4Address(number))


def mask_of(ones: int) -> str:
    """Return the mask with so many ones."""
    return str(ipaddress.IPv4Network((0, ones)).netmask)


def network_of(address: str, ones: int) -> str:
    """Return the network address of ``address``."""
    return str(ipaddress.IPv4Network((address, ones), strict=False).network_address)


def some_address(function: Function) -> str:
    """Return a random address, none of whose numbers is 0 or 255."""
    return ".".join(str(function.chance.randint(1, 254)) for _ in range(4))


def neighbour(function: Function, address: str, ones: int) -> str:
    """Return another random address of the same subnet."""
    host = int(ipaddress.IPv4Address(address)) ^ function.chance.randint(1, 2 ** (BITS - ones) - 1)
    return dotted(host)


def across(address: str, ones: int) -> str:
    """Return the address that differs in the last bit of the network only."""
    return dotted(int(ipaddress.IPv4Address(address)) ^ 1 << (BITS - ones))


def cases(function: Function) -> Iterator[tuple[str, str, int]]:
    """Yield pairs of addresses, each with the ones of its mask.

    Masks that end within a number tell AND from a comparison of text.
    """
    yield EXAMPLE
    yield "192.168.1.100", "192.168.1.200", 25
    yield "10.0.15.1", "10.0.16.1", 20
    for ones in (8, 12, 16, 20, 24, 25, 30):
        address = some_address(function)
        yield address, neighbour(function, address, ones), ones
        yield address, across(address, ones), ones
    address = some_address(function)
    yield address, address, 32
    yield address, across(address, 32), 32
    yield address, some_address(function), 0


@behaviour("ADR-06", source=SOURCE)
def test_ands_address_and_mask(function: Function) -> None:
    """Returns both network addresses: address AND mask.

    Where the mask has a one the bit of the address stays, elsewhere it becomes
    0. That is no matter of text: with the mask 255.255.240.0 the third number
    is changed in part.

    Hint: number & mask for each of the four numbers, then join them with "."; the
    same for both addresses.
    """
    for first, second, ones in cases(function):
        arguments = (first, second, mask_of(ones))
        function.expect_item(FIRST, network_of(first, ones), *arguments)
        function.expect_item(SECOND, network_of(second, ones), *arguments)


@behaviour("ADR-07", needs=test_ands_address_and_mask, source=SOURCE)
def test_compares_the_networks(function: Function) -> None:
    """Tells whether both addresses are in the same subnet.

    They are when the network addresses are equal. Two addresses of one subnet
    reach each other directly, others need a router. Only the results of AND
    tell, whatever the addresses look like.

    Hint: compare the two results with ==, not the addresses and not parts of them.
    """
    for first, second, ones in cases(function):
        together = network_of(first, ones) == network_of(second, ones)
        function.expect_item(TOGETHER, together, first, second, mask_of(ones))


@behaviour("ADR-08", level="should", needs=test_ands_address_and_mask, source=SOURCE)
def test_knows_what_a_mask_is(function: Function) -> None:
    """Takes a number of ones as a mask, and refuses holes.

    A mask is ones, for the network, followed by zeros, for the host: 24 ones
    are 255.255.255.0. A zero among the ones, as in 255.0.255.0, is a typing
    error, and has to raise ValueError.

    Hint: 24 stands for "1" * 24 + "0" * 8 in binary; write every mask as its 32
    binary digits: a hole shows as "01".
    """
    first, second, _ = EXAMPLE
    for ones in (24, function.chance.randint(9, 23), function.chance.randint(1, 7), 8, 0, BITS):
        _expect_alike(function, (first, second), ones)
    for mask in (*HOLES, _with_a_hole(function)):
        function.expect_raises(ValueError, first, second, mask)


def _expect_alike(function: Function, addresses: tuple[str, str], ones: int) -> None:
    """Expect the same for a number of ones as for the mask that has them."""
    by_mask = function.call(*addresses, mask_of(ones))
    by_ones = function.call(*addresses, ones)
    if by_ones != by_mask:
        raise Finding(
            message("{ones} ones are the mask {mask}: {result}",
                    ones=ones, mask=mask_of(ones), result=repr(by_mask)),
            message("with {ones} it returned {result}", ones=ones, result=repr(by_ones)),
        )  # fmt: skip


def _with_a_hole(function: Function) -> str:
    ones = function.chance.randint(12, 28)
    hole = 1 << (BITS - function.chance.randint(2, ones - 1))
    return dotted(int(ipaddress.IPv4Address(mask_of(ones))) ^ hole)


function = profile(
    basic={test_ands_address_and_mask: 45, test_compares_the_networks: 40},
    robust={test_knows_what_a_mask_is: 15},
    one_shot=False,
    parameters="first, second, mask",
)

exercise = Exercise(
    name="subnet",
    system="S23",
    transport="none",
    contract=__doc__ or "",
    profiles={"function": function},
)
