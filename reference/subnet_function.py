"""subnet: tells whether two IPv4 addresses are in the same subnet."""

from __future__ import annotations

ALL_ONES = 0xFFFFFFFF


def subnet(first: str, second: str, mask: str | int) -> tuple[str, str, bool]:
    """Return the network address of both, and whether it is the same one.

    ``mask`` is written as an address, or is the number of its ones.

    Raises:
        ValueError: an address or the mask is none.
    """
    bits = mask_bits(mask)
    one, other = number(first) & bits, number(second) & bits
    return dotted(one), dotted(other), one == other


def mask_bits(mask: str | int) -> int:
    """Return the mask as a number of 32 bits: ones, then zeros."""
    if isinstance(mask, int):
        if not 0 <= mask <= 32:
            raise ValueError(f"a mask has 0 to 32 ones, not {mask}")
        return ALL_ONES << (32 - mask) & ALL_ONES
    bits = number(mask)
    if "01" in format(bits, "032b"):
        raise ValueError(f"{mask} is no mask: its ones have to come first")
    return bits


def number(address: str) -> int:
    """Return the address as a number of 32 bits."""
    parts = [int(part) for part in address.split(".")]
    if len(parts) != 4 or not all(0 <= part <= 255 for part in parts):
        raise ValueError(f"{address!r} is no IPv4 address")
    return int.from_bytes(bytes(parts), "big")


def dotted(bits: int) -> str:
    """Return a number of 32 bits as four decimal numbers."""
    return ".".join(str(part) for part in bits.to_bytes(4, "big"))


if __name__ == "__main__":
    print(subnet("172.16.10.1", "172.16.10.2", "255.255.255.0"))
