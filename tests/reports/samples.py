"""Small factories of events, results and scorecards for the tests of the reports."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, settings

from pytest_sockets.messages import message
from pytest_sockets.results import Outcome, Result, Scorecard
from pytest_sockets.wire.events import (
    Called,
    Event,
    Exited,
    Finished,
    Opened,
    Printed,
    Reset,
    Sent,
    Side,
)

REPEATABLE = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples in every run, however slow the machine is."""

SERVER = """\
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 8000))
server.listen()
conn, address = server.accept()
data = conn.recv(1024)
conn.send(data)
conn.close()
server.close()
""".splitlines()
SOURCES = {"server.py": SERVER}
LISTENER, CONNECTION = 3, 4
OURS, THEIRS = ("127.0.0.1", 50000), ("127.0.0.1", 8000)


def called(call: str, line: int | None, at: float, **more: Any) -> Called:
    """Return a call of server.py's ``line``, which returned nothing unless told otherwise."""
    values: dict[str, Any] = {"arguments": "", "result": "", "fd": CONNECTION, **more}
    return Called(call=call, file="server.py", line=line, at=at, side="program", **values)


def recv(data: bytes, line: int = 8, at: float = 0.0, fd: int = CONNECTION) -> Called:
    """Return a recv that returned ``data``."""
    return called(
        "recv", line, at, arguments="1024", result=repr(data), size=len(data), flow="in", fd=fd
    )


def send(data: bytes, line: int = 9, at: float = 0.0, fd: int = CONNECTION) -> Called:
    """Return a send that took all of ``data``."""
    return called(
        "send",
        line,
        at,
        arguments=repr(data),
        result=str(len(data)),
        size=len(data),
        flow="out",
        fd=fd,
    )


def accept(at: float = 0.0, line: int = 7) -> Called:
    """Return an accept on the listener."""
    return called("accept", line, at, result=repr(OURS), fd=LISTENER)


def opened(at: float = 0.0, connection: int = 1) -> Opened:
    """Return a connection that our end opened."""
    return Opened(at=at, connection=connection, local=OURS, remote=THEIRS)


def sent(data: bytes, side: Side = "peer", at: float = 0.0, connection: int = 1) -> Sent:
    """Return a piece of a stream."""
    return Sent(at=at, side=side, data=data, connection=connection)


def short_echo() -> list[Event]:
    """Return the exchange of a server that calls recv once while the message comes in pieces."""
    return [
        opened(0.001),
        accept(0.0012),
        sent(b"kq7", at=0.002),
        recv(b"kq7", at=0.0021),
        send(b"kq7", at=0.0022),
        called("close", 10, 0.0023),
        sent(b"kq7", "program", at=0.0024),
        Finished(at=0.0025, side="program", connection=1),
        sent(b" 0413 zu", at=0.003),
        Reset(at=0.0031, side="program", connection=1),
        called("close", 11, 0.004, fd=LISTENER),
        Exited(at=0.005, side="program", status=0),
    ]


def result(slug: str, outcome: Outcome = Outcome.PASSED, **more: Any) -> Result:
    """Return a result of tcp-echo's server, worth five points unless told otherwise."""
    values: dict[str, Any] = {
        "behaviour": "ECH-01",
        "level": "must",
        "part": "basic",
        "max_points": 5,
        "title": slug.replace("-", " "),
        "why": "TCP is a stream of bytes: one send of your peer may reach you as several recvs.",
        "hint": 'keep calling recv until it returns b"", and only then close.',
        "source": "004 §3, ChatServer",
        "duration": 0.05,
        **more,
    }
    return Result(id=f"tcp-echo-server/{slug}", outcome=outcome, **values)


def failed(**more: Any) -> Result:
    """Return the failure of a server that echoes only what one recv returns."""
    values: dict[str, Any] = {
        "max_points": 15,
        "expected": message("{data} back, byte for byte", data=b"kq7 0413 zu"),
        "observed": message("{data}, then the end of the stream", data=b"kq7"),
        "difference": (b"kq7 0413 zu", b"kq7"),
        "transcript": short_echo(),
        "again": "pytest --target server.py --exercise tcp-echo --sockets-seed 4711 -k pieces",
        "tutorial": "the server calls recv once for each message",
        **more,
    }
    return result("echoes-pieces-whole", Outcome.FAILED, **values)


def scorecard(*results: Result, **more: Any) -> Scorecard:
    """Return a scorecard of tcp-echo's server with ``results``, or with one of each outcome."""
    values: dict[str, Any] = {
        "target": "server.py",
        "exercise": "tcp-echo",
        "role": "server",
        "results": results or one_of_each(),
        "seed": 4711,
        "network": message("{written} mapped to {real}", written=THEIRS, real=("127.0.0.1", 23517)),
        "containment": "full",
        "sources": SOURCES,
        **more,
    }
    return Scorecard(**values)


def one_of_each() -> tuple[Result, ...]:
    """Return a result of every outcome."""
    return (
        result(
            "takes-its-first-client",
            transcript=[opened(), accept()],
            labels=(message("the connection was accepted after {n} tries", n=1),),
        ),
        failed(
            errors=b"Traceback (most recent call last):\n  ...\nValueError: no\n",
            printed=b"hello\n",
        ),
        result(
            "serves-after-a-reset",
            Outcome.BLOCKED,
            part="robust",
            blocked_by="tcp-echo-server/echoes-pieces-whole",
        ),
        result(
            "can-be-started-again-at-once",
            Outcome.NOT_JUDGED,
            part="robust",
            reason=message("no TIME_WAIT could be made on this machine"),
        ),
        result(
            "names-its-encoding",
            Outcome.INFO,
            level="may",
            part="robust",
            max_points=0,
            observed=message("it decodes as {name}", name="utf-8"),
        ),
    )


def printed(data: bytes, at: float = 0.0) -> Printed:
    """Return something the program wrote to its standard output."""
    return Printed(at=at, side="program", data=data, stream="stdout")


def upper_case(template: str) -> str:
    """Translate into a language that is English in capitals; fields stay what they are."""
    return re.sub(r"[^{}]+(?![^{]*})", lambda words: words[0].upper(), template)
