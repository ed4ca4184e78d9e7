"""Whether a value that a function returned is the one that was expected, and where it differs.

Knows plain data, and how it looks. Does not know what the values stand for.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import Message, message, one_of

LONGEST = 200
"""Characters of a value that are shown."""


PLAIN = message(
    "only text, numbers, True, False, None and lists, tuples and dicts of them can be compared: "
    "str(value) makes text of an object"
)
NO_RETURN = message("a function that comes to its end without return returns None")


def same(found: object, wanted: object) -> bool:
    """Tell whether both are equal, where a list is as good as a tuple.

    >>> same(["http", 80], ("http", 80)), same("80", 80)
    (True, False)
    """
    return _tuples(found) == _tuples(wanted)


def difference(found: object, wanted: Sequence[object]) -> Message | None:
    """Say in what ``found`` is another value than the nearest of ``wanted``.

    That is its type, the number of its items, or one of them; None when it is
    for everybody to see.
    """
    returned, candidates = _tuples(found), [_tuples(value) for value in wanted]
    if found is None:
        return NO_RETURN
    if type(returned) not in map(type, candidates):
        names = one_of(dict.fromkeys(type(value).__name__ for value in candidates))
        return message("its type is {found}, not {wanted}", found=type(found).__name__,
                       wanted=names)  # fmt: skip
    tuples = [value for value in candidates if isinstance(value, tuple)]
    return _item(returned, tuples) if isinstance(returned, tuple) else None


def _item(returned: tuple[object, ...], candidates: Sequence[tuple[object, ...]]) -> Message | None:
    """Say which item differs from the nearest of ``candidates``."""
    nearest = max(candidates, key=lambda value: _alike(returned, value))
    if len(returned) != len(nearest):
        return message("{count} items are expected, not {found}",
                       count=len(nearest), found=len(returned))  # fmt: skip
    for place, (one, other) in enumerate(zip(returned, nearest, strict=True)):
        if one != other:
            return item_difference(place, one, other)
    return None


def item_difference(place: int, found: object, wanted: object) -> Message:
    """Say in what the item at ``place`` is another value than ``wanted``: its type, or the value.

    >>> str(item_difference(4, "80", 80))
    'item 4 is of type str, not int'
    """
    if type(_tuples(found)) is not type(_tuples(wanted)):
        return message("item {place} is of type {found}, not {wanted}", place=place,
                       found=type(found).__name__, wanted=type(wanted).__name__)  # fmt: skip
    return message("item {place} is {found}, not {wanted}",
                   place=place, found=repr(found), wanted=repr(wanted))  # fmt: skip


def has_shape(found: object, wanted: Sequence[object]) -> bool:
    """Tell whether ``found`` is of the type of one of ``wanted``, with as many items."""
    return _shape(found) in map(_shape, wanted)


def _shape(value: object) -> tuple[type, int]:
    plain = _tuples(value)
    return type(plain), len(plain) if isinstance(plain, tuple) else 0


def _alike(one: tuple[object, ...], other: tuple[object, ...]) -> int:
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=False))


def _tuples(value: object) -> object:
    """Return ``value`` with every list in it as a tuple."""
    if isinstance(value, (list, tuple)):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def shown(value: object) -> str:
    """Return a value as Python writes it, cut where it is long."""
    return cut(repr(value))


def cut(text: str) -> str:
    """Return ``text``, or its beginning where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
