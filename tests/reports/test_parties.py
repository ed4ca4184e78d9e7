"""A story of two programs has the client on the left, the server on the right, and both's lines."""

from __future__ import annotations

from typing import Literal

from pytest_sockets.reports.ladder import draw
from pytest_sockets.reports.rows import rows
from pytest_sockets.wire.events import Called, Event, Exited, Opened, Printed, Sent

SOURCES = {"client.py": ["peer.connect(a)", "peer.send(b'hi')"], "server.py": ["peer.recv(9)"]}
NEAR, FAR = ("127.0.0.1", 1), ("127.0.0.1", 2)


def called(
    side: Literal["client", "server"], at: float, call: str, line: int, size: int | None = None
) -> Called:
    """Return a call of one of the two, on descriptor 3 in both of them."""
    flows: dict[str, Literal["in", "out"]] = {"send": "out", "recv": "in"}
    return Called(at=at, side=side, call=call, arguments="", result="x", file=f"{side}.py",
                  line=line, fd=3, size=size, flow=flows.get(call))  # fmt: skip


STORY: list[Event] = [
    Opened(at=0.1, side="client", connection=1, local=NEAR, remote=FAR),
    called("client", 0.11, "connect", 1),
    called("server", 0.12, "accept", 9),
    called("client", 0.2, "send", 2, 2),
    Sent(at=0.21, side="client", connection=1, data=b"hi"),
    called("server", 0.3, "recv", 1, 2),
    Printed(at=0.4, side="client", data=b"one", stream="stdout"),
    Printed(at=0.5, side="server", data=b"two", stream="stdout"),
    Exited(at=0.6, side="server", status=0),
]


def test_the_calls_of_both_stand_beside_what_crossed_between_them() -> None:
    """Descriptors of one number in two programs are not taken for one."""
    opened, sent = rows(STORY, SOURCES)[:2]
    assert [call.file for call in opened.calls] == ["client.py", "server.py"]
    assert [(call.file, call.source) for call in sent.calls] == [
        ("client.py", "peer.send(b'hi')"),
        ("server.py", "peer.recv(9)"),
    ]


def test_what_both_print_is_told_of_each_by_name() -> None:
    """It is neither joined nor confused."""
    told = [str(row.label) for row in rows(STORY, SOURCES)[2:]]
    assert told == ["client prints 'one'", "server prints 'two'", "server exited with status 0"]


def test_the_client_is_on_the_left() -> None:
    """Its arrows point to the right, and the names stand over the lifelines."""
    head, connects, *rest = draw(
        rows(STORY, SOURCES), program="server.py", peer="client.py"
    ).splitlines()
    assert head.split() == ["client.py", "server.py"]
    assert "── connects ──" in connects
    assert "▶│  client.py:1" in connects
    assert any("── b'hi' ──" in line for line in rest)
