"""What a program printed, as one event where it was printed in pieces.

Knows events. Does not know what was printed, nor how it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pytest_sockets.wire.events import Called, Event, Printed


def printed_at_once(events: Sequence[Event]) -> list[Event]:
    """Return ``events`` with neighbouring output of one stream joined: print writes in pieces."""
    joined: list[Event] = []
    last = -1
    for event in events:
        before = joined[last] if last >= 0 else None
        if (
            isinstance(event, Printed)
            and isinstance(before, Printed)
            and (event.stream, event.side) == (before.stream, before.side)
        ):
            joined[last] = replace(before, data=before.data + event.data)
            continue
        if not isinstance(event, Called):
            last = len(joined)
        joined.append(event)
    return joined
