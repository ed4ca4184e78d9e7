"""What is asked of a program: one behaviour is one function.

Knows levels, the catalogue's ids, what a behaviour needs and how its docstring
is read. Does not know exercises (which weigh behaviours) nor how a program is run.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

Level = Literal["must", "should", "may"]
Role = Literal["server", "client", "pair", "function", "tour"]

Ask = Callable[..., None]
_Ask = TypeVar("_Ask", bound=Ask)

HINTS = ("Hint:", "提示:", "提示：")
"""How the paragraph of a docstring begins that says what to try."""

LEVELS: tuple[Level, ...] = get_args(Level)
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Behaviour:
    """One question to a program.

    ``ask`` takes the program in its role as the one argument and returns, or
    raises a Finding. ``catalogue`` is the id in the catalogue of documented
    behaviours, ``source`` the place that documents it. ``needs`` are behaviours
    without which a failure of this one says nothing of its own.
    ``tutorial`` says what the tutorial's own program does wrong here, or, where a
    fact is shown, what the tutorial says of it.
    """

    catalogue: str
    ask: Ask
    role: Role
    level: Level
    needs: tuple[Ask, ...]
    source: str
    title: str
    why: str
    hint: str
    tutorial: str | None = None

    @property
    def slug(self) -> str:
        """The behaviour's name in ids: ``test_echoes_pieces`` is ``echoes-pieces``."""
        return self.ask.__name__.removeprefix("test_").replace("_", "-")


def behaviour(
    catalogue: str,
    *,
    source: str,
    level: Level = "must",
    needs: Ask | tuple[Ask, ...] = (),
    tutorial: str | None = None,
) -> Callable[[_Ask], _Ask]:
    """Declare the decorated function a behaviour.

    The function's only parameter names the role: ``server``, ``client``,
    ``pair``, ``function`` or, where nobody is asked, ``tour``. Its docstring is
    the title (first line), the explanation (the paragraphs between) and the
    hint (the paragraph that starts with ``Hint:``, or 提示 where it is Chinese).

    Raises:
        TypeError: the parameter or the docstring is not as described, or what is
            needed is no behaviour.
        ValueError: there is no such level.
    """
    needed = needs if isinstance(needs, tuple) else (needs,)
    if level not in LEVELS:
        raise ValueError(f"a level is one of {', '.join(LEVELS)}, not {level!r}")
    for each in needed:
        behaviour_of(each)

    def declare(ask: _Ask) -> _Ask:
        title, why, hint = _read_docstring(ask)
        declared = Behaviour(
            catalogue, ask, _role_of(ask), level, needed, source, title, why, hint, tutorial
        )
        vars(ask)["__behaviour__"] = declared
        return ask

    return declare


def behaviour_of(ask: Ask) -> Behaviour:
    """Return the behaviour that ``ask`` was declared to be.

    Raises:
        TypeError: ``ask`` was not decorated with @behaviour.
    """
    declared: Any = getattr(ask, "__behaviour__", None)
    if not isinstance(declared, Behaviour):
        name = getattr(ask, "__name__", repr(ask))
        raise TypeError(f"{name} is no behaviour: decorate it with @behaviour")
    return declared


def _role_of(ask: Ask) -> Role:
    names = list(inspect.signature(ask).parameters)
    for role in ROLES:
        if names == [role]:
            return role
    raise TypeError(f"{ask.__name__}: the one parameter must be one of {', '.join(ROLES)}")


def _read_docstring(ask: Ask) -> tuple[str, str, str]:
    paragraphs = [
        re.sub(r"\s+", " ", paragraph).strip()
        for paragraph in re.split(r"\n\s*\n", inspect.getdoc(ask) or "")
    ]
    hints = [paragraph for paragraph in paragraphs if paragraph.startswith(HINTS)]
    rest = [paragraph for paragraph in paragraphs if not paragraph.startswith(HINTS)]
    if len(rest) < 2 or len(hints) != 1:
        raise TypeError(f"{ask.__name__}: the docstring needs a title, an explanation and a Hint:")
    hint = next(hints[0].removeprefix(word) for word in HINTS if hints[0].startswith(word))
    return rest[0].rstrip(".。"), " ".join(rest[1:]), hint.strip()
