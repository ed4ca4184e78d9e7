"""What a fault is made of, and what is given as faults, checked before anything happens.

Knows the types that the fields of faults are declared with, and which fault goes with
what. Does not know which numbers make sense: each fault says that itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import Field, dataclass, fields
from numbers import Real
from typing import Any, SupportsIndex, TypeGuard, cast

from pytest_sockets.findings import Misuse
from pytest_sockets.messages import Message, message

from .fault import NAMES, Fault, Medium, media

_CARRIED: dict[Medium, Message] = {
    "tcp": message("streams"),
    "unix": message("AF_UNIX streams"),
    "udp": message("datagrams"),
}


@dataclass(frozen=True)
class Checked(Fault):
    """A fault that refuses what its fields are not declared for, when it is made.

    Raises:
        Misuse: a value is no number, or not a whole one; a fault within a fault is none.
    """

    def __post_init__(self) -> None:
        for field in fields(self):
            problem = _problem(type(self).__name__, field, getattr(self, field.name))
            if problem is not None:
                raise Misuse(problem)


def is_fault(given: object) -> bool:
    """Tell whether it is a fault: a class of faults is none."""
    return callable(getattr(given, "plan", None)) and not isinstance(given, type)


def no_fault(where: str, given: object) -> Message:
    """Return what is wrong with something that is no fault."""
    text = "{where}: {given} is no fault, such as Delay(0.1) or Fragment(size=1)"
    return message(text, where=where, given=repr(given))


def fitting(fault: Fault, medium: Medium) -> Fault:
    """Return ``fault`` where it can go wrong over ``medium``.

    Raises:
        Misuse: it can't, or it is no fault.
    """
    __tracebackhide__ = True
    problem = misfit(fault, medium)
    if problem is not None:
        raise Misuse(problem)
    return fault


def misfit(fault: object, medium: Medium) -> Message | None:
    """Return why ``fault`` can't go wrong over ``medium``; None when it can."""
    if not is_fault(fault):
        return no_fault("faults", fault)
    known = media(cast("Fault", fault))
    if medium in known:
        return None
    text = "faults: {fault} is for {fits}, not for {carried}"
    fits = NAMES.get(known) or ", ".join(sorted(known))
    return message(text, fault=_name(fault), fits=fits, carried=_CARRIED[medium])


def listed_faults(argument: str, given: object) -> tuple[Fault, ...]:
    """Return the faults that were ``given`` as the ``argument``, one or none too.

    Raises:
        Misuse: it is no list.
    """
    if isinstance(given, Sequence) and not isinstance(given, (str, bytes)):
        return tuple(given)
    if is_fault(given):
        text = "{argument} takes a list of faults: [{given}]"
    else:
        text = "{argument} takes a list of faults, such as [Delay(0.1)], not {given}"
    raise Misuse(message(text, argument=argument, given=repr(given)))


def is_whole(value: object) -> TypeGuard[SupportsIndex]:
    """Tell whether it is a whole number: True and False are none."""
    return isinstance(value, SupportsIndex) and not isinstance(value, bool)


def _name(fault: object) -> str:
    """Return what kind of fault it is, or will be."""
    inner = getattr(fault, "fault", None)
    return _name(inner) if is_fault(inner) else type(fault).__name__


def _problem(fault: str, field: Field[Any], value: object) -> Message | None:
    """Return why ``value`` can't be that of ``field``; None when it can."""
    declared = str(field.type)
    if value is None and "None" in declared:
        return None
    if declared == "Fault":
        return None if is_fault(value) else no_fault(fault, value)
    for kind, (fits, problem) in _FITS.items():
        if declared.startswith(kind) and not fits(value):
            return problem.of(fault=fault, name=field.name, given=repr(value))
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _are_whole(value: object) -> bool:
    if not isinstance(value, Collection) or isinstance(value, (str, bytes)):
        return False
    return all(is_whole(each) for each in value)


_FITS: dict[str, tuple[Callable[[object], bool], Message]] = {
    "int": (is_whole, message("{fault}: {name} is a whole number, not {given}")),
    "float": (_is_number, message("{fault}: {name} is a number, not {given}")),
    "tuple[int, ...]": (
        _are_whole,
        message("{fault}: {name} is a tuple of whole numbers, such as (3,), not {given}"),
    ),
}
"""How the type begins that a field is declared with, what fits it, and what to say otherwise."""
