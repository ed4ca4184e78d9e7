"""How a script is told its address is learned by trying it, once for each role."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_sockets.programs import manner
from pytest_sockets.programs.manner import HOST, PORT, Manner, Role
from pytest_sockets.programs.rest import Rest, Watch
from pytest_sockets.wire.events import Called

from .steps import Stage

SERVES = "import socket, sys\nhost, port = {address}\nsocket.create_server((host, int(port)))\n"
CALLS = "import socket, sys\nhost, port = {address}\nsocket.create_connection((host, int(port)))\n"
LITERAL = "'127.0.0.1', 8000"

LEARNED = [
    (LITERAL, Manner()),
    ("sys.argv[1:3] or ('', 8000)", Manner()),
    ("sys.argv[1:3]", Manner((HOST, PORT))),
    ("'', sys.argv[1]", Manner((PORT,))),
    ("sys.argv[2], sys.argv[1]", Manner((PORT, HOST))),
    ("input(), input()", Manner((), (HOST, PORT))),
    ("input(), 8000", Manner((), (HOST,))),
    ("'', int(input())", Manner((), (PORT,))),
    ("input().split(':')", Manner((), (f"{HOST}:{PORT}",))),
]


def learned(stage: Stage, source: str, role: Role) -> Manner:
    """Return how a script with ``source`` is started in its role."""
    stage.write("program.py", source)
    return stage.runner.learned.manner(stage.target(), role)


@pytest.mark.parametrize(("address", "manner"), LEARNED)
def test_what_a_server_asks_for_is_found_out(warm: Stage, address: str, manner: Manner) -> None:
    """Nothing where it has an address; else the first way in which it uses what it is given."""
    assert learned(warm, SERVES.format(address=address), "server") == manner


@pytest.mark.parametrize(("address", "manner"), LEARNED)
def test_what_a_client_asks_for_is_found_out(warm: Stage, address: str, manner: Manner) -> None:
    """The same ways, seen by its connect."""
    source = CALLS.format(address=address.replace("''", "'127.0.0.1'"))
    assert learned(warm, source, "client") == manner


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.exit(sys.argv[7])",
        "while input() != 'yes': pass",
        "import sys, socket\nsocket.socket().bind(('', int(sys.argv[1]) * 0 + 8000))",
        "import sys\n1 / 0",
        "print('input')\nimport time\ntime.sleep(99)",
    ],
)
def test_a_script_that_never_uses_an_address_is_started_with_nothing(
    warm: Stage, source: str
) -> None:
    """What it does then is the verdict's business."""
    assert learned(warm, source, "server") == Manner()


def test_lines_of_a_conversation_are_no_address(warm: Stage) -> None:
    """A client that sends what it is typed to an address of its own is typed nothing at first."""
    source = (
        "import socket\n"
        "sk = socket.socket(type=socket.SOCK_DGRAM)\n"
        "sk.sendto(input().encode(), ('127.0.0.1', 8000))\n"
    )
    assert learned(warm, source, "client") == Manner()


def test_what_a_server_asks_besides_is_answered(warm: Stage) -> None:
    """It would never listen otherwise."""
    source = "input('your name? ')\n" + SERVES.format(address=LITERAL)
    assert learned(warm, source, "server").lines != ()


def test_what_a_server_asks_once_it_listens_is_not_answered(
    warm: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key is the conversation's, also when bind, listen and question are seen together."""
    gate = tmp_path / "gate"
    source = (
        "import os, socket, time\n"
        f"while not os.path.exists({str(gate)!r}): time.sleep(0.001)\n"
        "listener = socket.create_server(('127.0.0.1', 8000))\n"
        "input('press Enter when the client is ready ')\n"
    )

    class Late(Watch):
        """Sees nothing before the program asks."""

        def step(self) -> Rest | None:
            gate.touch()
            transcript = self._program.transcript
            asked = transcript.wait(
                lambda: any(call.call == "input" for call in transcript.of(Called)), 20
            )
            return Rest.WAITING if asked else Rest.ENDED

    monkeypatch.setattr(manner, "Watch", Late)
    assert learned(warm, source, "server") == Manner()


@pytest.mark.parametrize("role", ["server", "client"])
def test_the_role_is_the_word_that_chooses_it(warm: Stage, role: Role) -> None:
    """One file holds both; without arguments it is a client."""
    source = (
        "import socket, sys\n"
        "if sys.argv[1:] == ['server']:\n"
        "    socket.create_server(('', 8000))\n"
        "else:\n"
        "    socket.create_connection(('127.0.0.1', 8000))\n"
    )
    assert learned(warm, source, role) == Manner(("server",) if role == "server" else ())
