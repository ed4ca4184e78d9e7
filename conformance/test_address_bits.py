"""address-bits: a function that writes an IPv4 address as its 32 bits.

Write a function address_bits(address) that returns the address in binary: four
groups of 8 digits with a dot between them. address_bits("100.4.5.6") is
"01100100.00000100.00000101.00000110". What is no IPv4 address, four decimal
numbers from 0 to 255 with a dot between them, raises ValueError. The function
prints and asks nothing. Source: tutorial 002, IP address.
"""

from __future__ import annotations

import ipaddress

from pytest_sockets import Exercise, Function, behaviour, profile

EXAMPLE = "100.4.5.6"
RANDOM_ADDRESSES = 5
LOWEST, HIGHEST = "0.0.0.0", "255.255.255.255"  # noqa: S104 - nothing is bound
NO_ADDRESSES = ("256.1.1.1", "1.2.3.256", "1.2.3", "1.2.3.4.5", "a.b.c.d", "1.2.3.-4", "-1.2.3.4",
                "0x1.2.3.4", "1.2.3.0xff", "1-2-3-4", "1..2.3", "1.2.3.4.", "::1", "")  # fmt: skip
"""None of them has blanks or a plus: int() takes these, and the contract does not name them."""


def bits(address: str) -> str:
    """Return the address in four groups of 8 binary digits."""
    return ".".join(f"{number:08b}" for number in ipaddress.IPv4Address(address).packed)


def some_address(function: Function) -> str:
    """Return a random address with small numbers and large ones, but neither 0 nor 255."""
    chance = function.chance
    numbers = [chance.randint(1, 9), chance.randint(128, 254), chance.randint(1, 127),
               chance.randint(1, 254)]  # fmt: skip
    return ".".join(map(str, chance.sample(numbers, 4)))


@behaviour("ADR-05", source="002 §1 addressing")
def test_writes_32_bits(function: Function) -> None:
    """Returns the address as four groups of 8 bits.

    To the machine an address is a number of 32 bits; the decimal numbers are
    for people. Each of the four stands for 8 bits, also where they begin with
    zeros: 4 is 00000100.

    Hint: format(int(number), "08b") for each number, from left to right, then join
    them with "."; bin() leaves the zeros out.
    """
    for address in (EXAMPLE, *(some_address(function) for _ in range(RANDOM_ADDRESSES))):
        function.expect(bits(address), address)


@behaviour("ADR-04", needs=test_writes_32_bits, source="002 IP address; 001 network layer")
def test_refuses_what_is_no_address(function: Function) -> None:
    """Raises ValueError for what is not four decimal numbers from 0 to 255.

    Eight bits hold 0 to 255: 256 would need a ninth. 0.0.0.0 and
    255.255.255.255 are the first and the last address, and are none the worse
    for that.

    Hint: if len(numbers) != 4 or not all(0 <= n <= 255 for n in numbers): raise ValueError.
    """
    for address in (LOWEST, HIGHEST):
        function.call(address)
    too_large = f"{function.chance.randint(1, 254)}.{function.chance.randint(257, 999)}.1.1"
    for address in (*NO_ADDRESSES, too_large):
        function.expect_raises(ValueError, address)


function = profile(
    basic={test_writes_32_bits: 60, test_refuses_what_is_no_address: 40},
    one_shot=False,
    parameters="address",
)

exercise = Exercise(
    name="address-bits",
    system="S24",
    transport="none",
    contract=__doc__ or "",
    profiles={"function": function},
)
