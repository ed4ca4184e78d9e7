"""Names for what a transcript holds: ``proxy.transcript.of(events.Reset)``.

They are a module of their own because a fault is called Reset as well:
``from pytest_sockets import events``. Knows nothing by itself.
"""

from .wire.events import (
    Address,
    Asked,
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Invoked,
    Left,
    Opened,
    Paused,
    Printed,
    Raised,
    Refused,
    Reset,
    Returned,
    Sent,
    Side,
    Started,
    Streamed,
    Typed,
)

__all__ = [
    "Address",
    "Asked",
    "Called",
    "Datagram",
    "Event",
    "Exited",
    "Finished",
    "Invoked",
    "Left",
    "Opened",
    "Paused",
    "Printed",
    "Raised",
    "Refused",
    "Reset",
    "Returned",
    "Sent",
    "Side",
    "Started",
    "Streamed",
    "Typed",
]
