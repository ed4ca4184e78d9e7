"""Why a program has failed, where its end, its role or its text shows it.

Knows crashes, what a program does in place of its role, and what keeps its prints back.
Does not judge.
"""

from __future__ import annotations

import re

from .findings import CRASHED, CRASHED_IN_PART, Accusation
from .messages import Message, message, what_was_printed
from .programs.versions import version_of, written_for
from .roles import Pair, Subject
from .roles.state import crashed_in_part

_OWN_STDOUT = re.compile(rb"^[ \t]*sys\.stdout[ \t]*=.*TextIOWrapper\(", re.MULTILINE)
_NOT_KEPT = (b"line_buffering", b"write_through", b"flush")
"""What is in the text of a program that has thought of the buffer."""


def cause(subject: Subject | Pair, accusation: Accusation) -> Message | None:
    """Return the first cause that one of the programs shows for what it is accused of."""
    crash = next(filter(None, map(_crash, subject.parts)), None)
    if crash is not None or accusation.observed != what_was_printed(b""):
        return crash
    return next(filter(None, map(_kept_back, subject.parts)), None)


def _kept_back(subject: Subject) -> Message | None:
    """Return what keeps back whatever the program prints (TextIOWrapper in the manual of io)."""
    text = subject.place.target.text
    own = _OWN_STDOUT.search(text)
    if own is None or any(word in text for word in _NOT_KEPT):
        return None
    return message(
        "the stdout that line {line} makes keeps back what is printed until it is much: "
        "give TextIOWrapper line_buffering=True as well",
        line=text.count(b"\n", 0, own.start()) + 1,
    )


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
