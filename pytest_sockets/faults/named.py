"""Faults by name, as a command line gives them: ``fragment:size=1``.

Knows the names, what each fault takes and how that is written. What a fault is
made of stands in its own file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from pytest_sockets.findings import Misuse
from pytest_sockets.messages import Message, message

from .after import After
from .coalesce import Coalesce
from .corrupt import Corrupt
from .delay import Delay
from .duplicate import Duplicate
from .fault import Fault
from .fragment import Fragment
from .half_close import HalfClose
from .lose import Lose
from .reorder import Reorder
from .reset import Reset
from .stall import Stall
from .throttle import Throttle
from .truncate import Truncate

_KINDS: tuple[type[Any], ...] = (
    Coalesce, Corrupt, Delay, Duplicate, Fragment, HalfClose,
    Lose, Reorder, Reset, Stall, Throttle, Truncate,
)  # fmt: skip
_STATE = {"passed", "waiting"}
"""What a fault keeps while it works, and nobody gives."""

NAMED: Mapping[str, type[Any]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower(): kind for kind in _KINDS
}
"""Every fault by its name: HalfClose is half-close."""


def fault_named(text: str) -> Fault:
    """Return the fault that ``text`` describes: a name, and ``key=value`` for what it takes.

    ``half-close``, ``fragment:size=3``, ``reset:after=10``, ``lose:rate=0.5,seed=7``;
    several numbers are joined by +, as in ``lose:numbers=1+3``. Every fault takes ``after``:
    those without an ``after`` of their own begin behind so many bytes, or datagrams.

    Raises:
        Misuse: there is no such fault, or it can't be made of this.
    """
    name, _, given = text.partition(":")
    kind = NAMED.get(name.strip().lower())
    if kind is None:
        raise Misuse(_unknown(name))
    takes = _takes(kind)
    values = {key: _value(name, key, told, takes) for key, told in _pairs(name, given)}
    after = None if "after" in takes else values.pop("after", None)
    try:
        fault: Fault = kind(**values)
        return fault if after is None else After(after, fault)
    except (TypeError, ValueError) as error:
        why = str(error) if isinstance(error, ValueError) else str(_missing(kind, values))
        raise Misuse(message("{fault}: {why}", fault=text, why=why)) from None


def usage(name: str) -> str:
    """Return how the fault ``name`` is written, with what it takes.

    >>> usage("half-close")
    'half-close'
    >>> usage("delay")
    'delay:seconds=S'
    """
    signs = [f"{key}={_sign(each)}" for key, each in _takes(NAMED[name]).items()]
    return f"{name}:{','.join(signs)}" if signs else name


def _takes(kind: type[Any]) -> Mapping[str, Field[Any]]:
    return {each.name: each for each in fields(kind) if each.name not in _STATE}


def _sign(field: Field[Any]) -> str:
    if "tuple" in str(field.type):
        return "N+N"
    if field.name in ("seconds", "silence", "patience", "tick"):
        return "S"
    return "N"


def _pairs(name: str, given: str) -> list[tuple[str, str]]:
    pairs = []
    for part in filter(None, (each.strip() for each in given.split(","))):
        key, separator, value = (word.strip() for word in part.partition("="))
        if not separator:
            raise Misuse(
                message("{fault}: {part} is not key=value, as in {example}",
                        fault=name, part=repr(part), example="fragment:size=1")
            )  # fmt: skip
        pairs.append((key, value))
    return pairs


def _value(name: str, key: str, told: str, takes: Mapping[str, Field[Any]]) -> Any:
    if key not in takes and key != "after":
        names = ", ".join(dict.fromkeys([*takes, "after"]))
        raise Misuse(
            message("{fault} takes no {key}; it takes {names}", fault=name, key=key, names=names)
        )
    kind = str(takes[key].type) if key in takes else "int"
    try:
        if "tuple" in kind:
            return tuple(int(number) for number in told.split("+"))
        return float(told) if "float" in kind else int(told)
    except ValueError:
        raise Misuse(
            message("{fault}: {key} is a number, not {told}", fault=name, key=key, told=repr(told))
        ) from None


def _missing(kind: type[Any], values: Mapping[str, Any]) -> Message:
    missing = [key for key in _takes(kind) if key not in values]
    return message("it needs {names}", names=", ".join(missing))


def _unknown(name: str) -> Message:
    close = difflib.get_close_matches(name.lower(), NAMED, n=1)
    if close:
        return message("there is no fault {name}; did you mean {close}?", name=name, close=close[0])
    return message("there is no fault {name}; there are {names}", name=name, names=", ".join(NAMED))
