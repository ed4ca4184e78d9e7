"""Why a program has failed, where its end or its role shows it.

Knows crashes and what a program does in place of its role. Does not judge.
"""

from __future__ import annotations

from .findings import CRASHED, CRASHED_IN_PART
from .messages import Message, message
from .programs.versions import version_of, written_for
from .roles import Pair, Subject
from .roles.state import crashed_in_part


def cause(subject: Subject | Pair) -> Message | None:
    """Return the first cause that one of the programs shows."""
    return next(filter(None, map(_crash, subject.parts)), None)


def _crash(subject: Subject) -> Message | None:
    instead = subject.instead()
    if instead is not None:
        return instead
    if not subject.programs:
        return None
    broken_off = any(peer.over for peer in subject.peers)
    if subject.program.running and not broken_off:
        return _in_part(subject)
    crash = subject.crash()
    if crash is None:
        return None
    old = written_for(crash)
    if old is None:
        return _in_part(subject) or message(CRASHED, error=crash)
    return message(
        "it is written for {old}, and was run by Python {version}: {error}",
        old=old,
        version=version_of(subject.place.python),
        error=crash,
    )


def _in_part(subject: Subject) -> Message | None:
    error = crashed_in_part(subject.transcript) if subject.program.running else None
    return None if error is None else message(CRASHED_IN_PART, error=error)
