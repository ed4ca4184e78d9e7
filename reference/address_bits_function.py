"""address-bits: writes an IPv4 address as four groups of 8 binary digits."""

from __future__ import annotations


def address_bits(address: str) -> str:
    """Return the 32 bits of ``address``, such as "01100100.00000100.00000101.00000110".

    Raises:
        ValueError: it is not four decimal numbers from 0 to 255.
    """
    numbers = [int(part) for part in address.split(".")]
    if len(numbers) != 4 or not all(0 <= number <= 255 for number in numbers):
        raise ValueError(f"{address!r} is no IPv4 address")
    return ".".join(format(number, "08b") for number in numbers)


if __name__ == "__main__":
    print(address_bits("100.4.5.6"))
