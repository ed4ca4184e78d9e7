"""An exchange outside of a grade: between code under test and one of our peers.

Knows how a record of it is drawn, and what is said of a script's step that was
not met. Does not know what the code under test is.
"""

from __future__ import annotations

from collections.abc import Sequence

from pytest_sockets.findings import Accusation
from pytest_sockets.messages import Message
from pytest_sockets.wire.events import Event

from .evidence import differing, said
from .ladder import draw_rows, rows
from .look import Look
from .wording import EXPECTED, OBSERVED


def exchange(events: Sequence[Event], look: Look, *, peer: str, program: str) -> str:
    """Return the ladder of ``events``; ``peer`` and ``program`` are the names over its sides."""
    return "\n".join(draw_rows(rows(events, {}), look, program, peer))


def unmet(step: Message, finding: Accusation, look: Look) -> str:
    """Return what is said of a ``step`` that was not met: what was expected and observed."""
    compared = finding.difference if finding.difference and all(finding.difference) else None
    return "\n".join(
        [
            look.say(step),
            "",
            *said(EXPECTED, finding.expected, look, "good"),
            *said(OBSERVED, finding.observed, look, "bad"),
            *differing(compared, look),
        ]
    )
