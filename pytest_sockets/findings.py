"""Whose fault it was is a type.

A Finding accuses the program. A TargetError says that the program could not be
started or never came up: the program's or the user's to mend. NotJudged says
that nothing was learned, and why. Everything else that is raised while a
program is graded is the harness's own fault.

A Misuse is a mistake of whoever wrote the test: a fixture was asked for what
it can't give.

Holds events and values; the sentences are rendered by the reports.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from os import PathLike

from .messages import Message, message, translatable

CRASHED = translatable("the program crashed: {error}")
"""How is said that a program's own error has ended it."""

CRASHED_IN_PART = translatable("a part of the program crashed, while the rest ran on: {error}")
"""How is said that an error has ended a thread, a task or a handler of a program."""

CRASHES = frozenset({CRASHED, CRASHED_IN_PART})

CONNECTS = translatable("the client connects to the server")
"""What is expected of a client that has not connected."""


class Accusation(Exception):  # noqa: N818 - the two kinds below name what they are
    """What was expected of the program and what was observed instead.

    ``difference`` holds the expected and the observed bytes where bytes were
    compared. ``because`` is the cause, where the evidence shows it. ``advice``
    is what to do, where that is another thing than the behaviour's hint.
    ``rests_on_deadline`` is true when only the passing of time speaks against
    the program: such a verdict is confirmed once before it counts.
    ``connection`` is the one, counted as in events, on which something else was
    awaited, 0 where none is meant. ``made`` is when it was made, by
    ``time.monotonic``.
    """

    def __init__(
        self,
        expected: Message,
        observed: Message,
        *,
        because: Message | None = None,
        advice: Message | None = None,
        difference: tuple[bytes, bytes] | None = None,
        rests_on_deadline: bool = False,
        connection: int = 0,
    ) -> None:
        said = message("expected {expected}; observed {observed}",
                       expected=expected, observed=observed)  # fmt: skip
        super().__init__(str(said))
        self.expected = expected
        self.observed = observed
        self.because = because
        self.advice = advice
        self.difference = difference
        self.rests_on_deadline = rests_on_deadline
        self.connection = connection
        self.made = time.monotonic()


class Finding(Accusation):
    """The program did something else than its exercise asks."""


class TargetError(Accusation):
    """The program could not be started, or never came up."""


class Blocked(Exception):  # noqa: N818 - it is an outcome, not an error
    """Another behaviour, ``by``, has to be met before this one can be told."""

    def __init__(self, by: Callable[..., None]) -> None:
        super().__init__(by.__name__)
        self.by = by


class NotJudged(Exception):  # noqa: N818 - it is an outcome, not an error
    """The behaviour cannot be judged here; ``reason`` says why.

    It is ``ours`` where the harness should have judged it and could not: something it needs
    was taken from it. Such a run is no success, whatever else it found.
    """

    def __init__(self, reason: Message, *, ours: bool = False) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.ours = ours


class PortTaken(NotJudged):
    """Somebody else uses a port that was free: the same is asked again, elsewhere."""

    def __init__(self, port: int) -> None:
        reason = message(
            "another program of this machine took port {port}, which was free", port=port
        )
        super().__init__(reason, ours=True)


class Misuse(ValueError):  # noqa: N818 - whose mistake it is says more
    """A fixture was used wrongly; ``problem`` names the argument and says what it takes."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


TAKEN: Mapping[type, tuple[tuple[type, ...], Message]] = {
    bytes: ((bytes,), message("bytes")),
    str: ((str,), message("text")),
    int: ((int,), message("a whole number")),
    float: ((int, float), message("a number")),
    PathLike: ((str, PathLike), message("text or a path")),
    Sequence: ((Sequence,), message("a list")),
}
"""What may be given where a value of a type is asked for, and how that is said."""


def must_be(kind: type, **given: object) -> None:
    """Refuse arguments, each by its name, that are given something else than ``kind``.

    >>> must_be(int, port=80)

    Raises:
        Misuse: one is; the first is named, with its value and what it takes.
    """
    kinds, what = TAKEN[kind]
    for name, value in given.items():
        if not isinstance(value, kinds) or isinstance(value, bool):
            text = "{name}: it takes {what}, not {given}"
            raise Misuse(message(text, name=name, what=what, given=repr(value)[:60]))
