"""What stands between a server and a client keeps what they mean, and shows what they do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from facilities import proved

from pytest_sockets import (
    Client,
    Coalesce,
    Finding,
    Fragment,
    Pair,
    Server,
    TargetError,
    UdpClient,
    UdpServer,
    catalogue,
)
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Datagram, Event, Finished, Opened, Reset, Sent

LISTEN = """\
import socket, struct, sys
listener = socket.socket()
listener.bind(("127.0.0.1", 8989))
listener.listen()
peer, _ = listener.accept()
"""
CONNECT = """\
import socket, struct, sys
peer = socket.socket()
peer.connect(("127.0.0.1", 8000))
"""
COUNT = "while data := peer.recv(100): print(len(data), flush=True)\n"

Make = Callable[..., Pair]


@pytest.fixture
def make(tmp_path: Path, runner: Runner) -> Iterator[Make]:
    """What makes a pair of two texts."""
    made: list[Pair] = []

    def pair(server: str, client: str, exercise: str = "tcp-echo") -> Pair:
        profiles = catalogue.exercises()[exercise].profiles
        udp = exercise.startswith("udp")
        places = []
        for role, text in (("server", server), ("client", client)):
            folder = tmp_path / role
            folder.mkdir()
            (folder / f"{role}.py").write_text(text, "utf-8")
            places.append(runner.place(find(f"{role}.py", folder=folder)[0]))
        chance = random.Random(1)
        made.append(
            Pair(
                (UdpServer if udp else Server)(places[0], profiles["server"], chance, runner.quiet),
                (UdpClient if udp else Client)(places[1], profiles["client"], chance, runner.quiet),
                profiles["pair"],
            )
        )
        return made[-1]

    yield pair
    for each in made:
        each.end()
        each.server.place.close()


def crossed(pair: Pair) -> list[tuple[str, str, bytes]]:
    """Return side, name and bytes of what crossed the wire."""
    kinds = (Opened, Sent, Finished, Reset, Datagram)
    return [
        (event.side, event.name, getattr(event, "data", b""))
        for event in pair.events
        if isinstance(event, kinds)
    ]


def printed(pair: Pair) -> list[bytes]:
    """Return the lines that the server has printed by the time both rest."""
    pair.come_to_rest()
    return pair.server.program.stdout.split()


def test_two_meet_whatever_their_ports_and_nothing_is_told_twice(make: Make) -> None:
    """C-10: the server binds 8989, the client connects to 8000."""
    pair = make(LISTEN + "peer.send(peer.recv(9))", CONNECT + "peer.send(b'one')\npeer.recv(9)")
    pair.expect_ended(pair.client)
    pair.expect_ended(pair.server)
    assert crossed(pair)[:3] == [
        ("client", "opened", b""),
        ("client", "sent", b"one"),
        ("server", "sent", b"one"),
    ]


def test_a_half_close_is_passed_on_as_one(make: Make) -> None:
    """The server finds the end of the stream, and its answer still reaches the client."""
    pair = make(
        LISTEN + "while peer.recv(9): pass\npeer.send(b'late')",
        CONNECT + "peer.send(b'x')\npeer.shutdown(socket.SHUT_WR)\nprint(peer.recv(9))",
    )
    pair.expect_shown(pair.client, b"late")
    assert ("client", "finished", b"") in crossed(pair)
    assert not [each for each in crossed(pair) if each[1] == "reset"]


@pytest.mark.parametrize("resets", ["server", "client"])
def test_a_reset_is_passed_on_as_a_reset(make: Make, resets: str) -> None:
    """SO_LINGER with 0 seconds sends RST; the other side gets ConnectionResetError."""
    abort = (
        "peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))\n"
        "peer.close()\n"
    )
    suffer = "try:\n    peer.recv(9)\nexcept ConnectionResetError:\n    print('was reset')\n"
    texts = (abort, suffer) if resets == "server" else (suffer, abort)
    pair = make(LISTEN + texts[0], CONNECT + texts[1])
    pair.expect_shown(pair.client if resets == "server" else pair.server, b"was reset")
    assert (resets, "reset", b"") in crossed(pair)


def test_a_turn_arrives_whole_however_many_sends_it_took(make: Make) -> None:
    """It is carried on when the speaker rests, so our haste decides nothing."""
    says = "for word in (b'a', b'bb', b'ccc'): peer.send(word)\npeer.recv(9)\n"
    assert printed(make(LISTEN + COUNT, CONNECT + says)) == [b"6"]


def test_pieces_are_a_recv_each_in_both_directions(make: Make) -> None:
    """The receipt: as many recvs as pieces were planned, and no byte is lost."""
    pair = make(
        LISTEN + "got = [peer.recv(100) for _ in range(3)]\nprint(*got)\npeer.send(b'wxyz')",
        CONNECT + "peer.send(b'abcdef')\nprint(*[peer.recv(100) for _ in range(2)])",
    )
    pair.to_server = pair.to_client = (Fragment(size=2),)
    pair.expect_shown(pair.server, b"b'ab' b'cd' b'ef'")
    pair.expect_shown(pair.client, b"b'wx' b'yz'")
    assert pair.pieces(pair.server) == [b"ab", b"cd", b"ef"]


def test_what_is_stuck_together_is_one_recv(make: Make) -> None:
    """Whatever pauses lie between: a server that sleeps for a moment has not finished its turn."""
    says = "peer.send(b'a')\nimport time\ntime.sleep(0.05)\npeer.send(b'bb')\npeer.recv(9)\n"
    pair = make(LISTEN + COUNT, CONNECT + says)
    pair.to_server = (Coalesce(),)
    pair.expect_heard(pair.server, 2)
    assert printed(pair) == [b"3"]
    (sent,) = (event for event in pair.events if isinstance(event, Sent))
    assert sent.note == "coalesced"


def test_pauses_are_kept_where_the_exercise_needs_them(make: Make) -> None:
    """What is said later arrives later, once the server has taken what came before."""
    says = "import time\npeer.send(b'name')\ntime.sleep(0.4)\npeer.send(b'content')\n"
    pair = make(LISTEN + COUNT, CONNECT + says)
    pair.at_once = True
    pair.expect_ended(pair.server)
    assert printed(pair) == [b"4", b"7"]


def test_what_never_arrived_is_told_as_such(make: Make) -> None:
    """The client is gone before the second piece can be handed over."""
    pair = make(
        LISTEN + "peer.send(b'abcdef')\npeer.recv(1)",
        CONNECT + "peer.recv(2)\npeer.close()",
    )
    pair.to_client = (Fragment(size=2),)
    pair.come_to_rest()
    told = [event for event in pair.events if isinstance(event, Sent)]
    assert b"".join(event.data for event in told) == b"abcdef"
    assert told[-1].note == "it did not arrive"


@proved
def test_a_finding_says_what_each_of_the_two_does(make: Make) -> None:
    """Both wait in recv: each is told with its own line."""
    pair = make(LISTEN + "peer.recv(9)", CONNECT + "\npeer.recv(9)")
    with pytest.raises(Finding) as caught:
        pair.expect_heard(pair.server)
    assert "client says something to the server" in str(caught.value.expected)
    assert "client.py:5" in str(caught.value.observed)
    assert "server.py:6" in str(caught.value.observed)
    assert not caught.value.rests_on_deadline


def test_a_program_that_crashed_is_named(make: Make) -> None:
    """The other one's silence is not blamed."""
    pair = make(LISTEN + "peer.recv(9)\nraise ValueError('mine')", CONNECT + "peer.send(b'x')")
    with pytest.raises(Finding, match=r"the server: the program crashed: ValueError: mine"):
        pair.expect_ended(pair.server)


def test_two_that_talk_without_end_are_stopped(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answers the other at once, for ever; the limit is lowered for this test."""
    monkeypatch.setattr("pytest_sockets.roles.both.LONGEST", 0.3)
    echo = "while data := peer.recv(9): peer.send(data)\n"
    pair = make(LISTEN + echo, CONNECT + "peer.send(b'x')\n" + echo)
    with pytest.raises(Finding, match="go on talking without end") as caught:
        pair.expect_shown(pair.client, b"never")
    assert caught.value.rests_on_deadline


def test_a_server_that_never_comes_up_is_a_target_error(make: Make) -> None:
    """As when it is graded alone."""
    with pytest.raises(TargetError):
        make("pass", CONNECT).start()


def test_a_client_that_comes_too_late_is_turned_away(make: Make) -> None:
    """The server has ended: the nearest to a refusal is a reset."""
    pair = make(LISTEN, CONNECT + "peer.recv(9)\npeer = socket.socket()\n"
                "peer.connect(('127.0.0.1', 8000))\npeer.recv(9)\n")  # fmt: skip
    pair.come_to_rest()
    assert b"ConnectionResetError" in pair.client.program.stderr


def test_datagrams_keep_their_borders_and_their_senders(make: Make) -> None:
    """Two requests of two clients, the empty one too; each answer goes to who has asked."""
    server = (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.bind(('127.0.0.1', 8989))\n"
        "while True:\n    data, who = s.recvfrom(99)\n    s.sendto(b'<%s>' % data, who)\n"
    )
    client = (
        "import socket\na, b = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in '12')\n"
        "a.sendto(b'one', ('127.0.0.1', 8000))\nb.sendto(b'', ('127.0.0.1', 8000))\n"
        "print(a.recv(99), b.recv(99))\n"
    )
    pair = make(server, client, "udp-echo")
    pair.expect_shown(pair.client, b"b'<one>' b'<>'")
    sides = [(event.side, event.connection) for event in pair.events if isinstance(event, Datagram)]
    assert sorted(sides) == [("client", 1), ("client", 2), ("server", 1), ("server", 2)]


def test_the_next_client_finds_what_was_said_to_it_alone(make: Make) -> None:
    """What the first one heard is not taken for an answer to the second."""
    pair = make(
        LISTEN + "while True:\n    peer.send(peer.recv(9))\n    peer, _ = listener.accept()\n",
        CONNECT + "peer.send(b'x')\nprint(peer.recv(9))\n",
    )
    pair.expect_heard(pair.client)
    pair.next_client()
    assert pair.heard(pair.client) == b""
    pair.expect_heard(pair.client)
    numbers = {event.connection for event in pair.events if isinstance(event, Sent)}
    assert numbers == {1, 2}


def test_the_story_is_in_order_and_of_both(make: Make) -> None:
    """Every event belongs to one of the two; none has our side."""
    pair = make(LISTEN + "print(peer.recv(9))", CONNECT + "peer.send(b'hi')")
    pair.expect_shown(pair.server, b"hi")
    events: list[Event] = pair.events
    assert {event.side for event in events} == {"client", "server"}
    assert [event.at for event in events] == sorted(event.at for event in events)
