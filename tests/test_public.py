"""What others may rely on is kept in a file: a change of it is seen, and is on purpose."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard, get_origin

import pytest

import pytest_sockets

KEPT = Path(__file__).parent / "public.txt"


def told() -> Iterator[str]:
    """Yield a line for each public name, and for each public method with its parameters."""
    for name in sorted(pytest_sockets.__all__):
        thing = getattr(pytest_sockets, name)
        yield f"{name}{_parameters(thing)}"
        for own in sorted(_members(thing)):
            member = inspect.getattr_static(thing, own)
            if not own.startswith("_") and (inspect.isroutine(member) or _is_property(member)):
                yield f"{name}.{own}{_parameters(member)}"


def _members(thing: object) -> set[str]:
    """Return what a class has of its own and of bases that are not public themselves."""
    if not _is_class(thing):
        return set()
    public = {getattr(pytest_sockets, name) for name in pytest_sockets.__all__}
    bases = [base for base in inspect.getmro(thing)[1:] if _is_ours(base)]
    told = {own for base in bases if base in public for own in dir(base)}
    inherited = {own for base in bases for own in vars(base)}
    return {*vars(thing), *(inherited - told)}


def _is_ours(base: type) -> bool:
    return base.__module__.startswith("pytest_sockets")


def _is_class(thing: object) -> TypeGuard[type]:
    # Python 3.10 takes collections.abc.Sequence[int] for one as well.
    return inspect.isclass(thing) and get_origin(thing) is None


def _is_property(member: object) -> bool:
    return isinstance(member, property) or hasattr(member, "func")


def _parameters(thing: object) -> str:
    """Return names, kinds and defaults; what types are told differs between versions of Python."""
    thing = getattr(thing, "__func__", thing)
    if (
        get_origin(thing)
        or not callable(thing)
        or (inspect.isclass(thing) and issubclass(thing, BaseException))
    ):
        return ""
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    bare = [each.replace(annotation=inspect.Parameter.empty) for each in found.parameters.values()]
    plain = found.replace(parameters=bare, return_annotation=inspect.Signature.empty)
    return re.sub(r" at 0x[0-9a-f]+", "", str(plain))


def test_the_public_names_are_those_that_were_promised(request: pytest.FixtureRequest) -> None:
    """Names and parameters; ``--update-golden`` writes them anew."""
    now = "\n".join(told()) + "\n"
    if request.config.getoption("--update-golden"):
        KEPT.write_text(now, "utf-8")
    assert now == KEPT.read_text("utf-8")
