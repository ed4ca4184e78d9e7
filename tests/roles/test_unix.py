"""How programs are met through a socket file: proofs, faults, and what is said of them."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from facilities import proved

from pytest_sockets import Coalesce, Finding, Fragment, NotJudged, TargetError, catalogue
from pytest_sockets.kernel import unix_diag
from pytest_sockets.programs.place import Runner
from pytest_sockets.roles import UnixClient, UnixServer
from pytest_sockets.roles.unix import identity
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Opened, Reset

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there is no AF_UNIX here")
seen = pytest.mark.skipif(not unix_diag.available(), reason="unix_diag does not answer here")

HEAD = """\
import os, socket, sys, time
PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
sk = socket.socket(socket.AF_UNIX)
sk.bind(PATH)
sk.listen(BACKLOG)
"""
PIECES = (
    HEAD.replace("BACKLOG", "5")
    + """\
conn, _ = sk.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    WORK
    print(len(data), flush=True)
"""
)

Meet = Callable[..., UnixServer]
MeetClient = Callable[..., UnixClient]
PROFILES = catalogue.exercises()["unix-echo"].profiles


def made(kind: type, text: str, folder: Path, runner: Runner) -> UnixServer | UnixClient:
    """Return the program ``text`` in its role, not started yet."""
    (folder / "program.py").write_text(text)
    target = find("program.py", folder=folder)[0]
    profile = PROFILES["server" if kind is UnixServer else "client"]
    subject: UnixServer | UnixClient = kind(runner.place(target), profile, random.Random(1), 1.0)
    return subject


@pytest.fixture
def server(runner: Runner, tmp_path: Path) -> Iterator[Meet]:
    """Return a function that makes a server of a program's text."""
    subjects = []

    def meet(text: str) -> UnixServer:
        subject = made(UnixServer, text, tmp_path, runner)
        assert isinstance(subject, UnixServer)
        subjects.append(subject)
        return subject

    yield meet
    for subject in subjects:
        subject.end()
        subject.place.close()


@pytest.fixture
def client(runner: Runner, tmp_path: Path) -> Iterator[MeetClient]:
    """Return a function that makes a client of a program's text."""
    subjects = []

    def meet(text: str) -> UnixClient:
        subject = made(UnixClient, text, tmp_path, runner)
        assert isinstance(subject, UnixClient)
        subjects.append(subject)
        return subject

    yield meet
    for subject in subjects:
        subject.end()
        subject.place.close()


@seen
@pytest.mark.parametrize("work", ["pass", "time.sleep(0.002)", "sum(range(20000))"])
def test_every_piece_is_a_recv_of_its_own(server: Meet, work: str) -> None:
    """However quick the program is with what it received before."""
    subject = server(PIECES.replace("WORK", work))
    with subject.connect(Fragment(size=1)) as peer:
        peer.send(b"x" * 150)
        peer.finish()
        subject.expect_exit()

    assert subject.program.stdout.split() == [b"1"] * 150


@seen
def test_pieces_for_a_program_with_threads_arrive_apart(server: Meet) -> None:
    """The thread that reads is not the one that waits."""
    threads = PIECES.replace("import os,", "import threading, os,").replace("WORK", "pass")
    threads = threads.replace(
        "conn, _", "threading.Thread(target=sum, args=([],)).start()\nconn, _"
    )
    subject = server(threads)
    with subject.connect(Fragment(size=1)) as peer:
        peer.send(b"x" * 50)
        peer.finish()
        subject.expect_exit()

    assert subject.program.stdout.split() == [b"1"] * 50


@seen
def test_messages_that_stick_together_are_one_recv(server: Meet) -> None:
    """They are all in the queue before the program may read."""
    subject = server(PIECES.replace("WORK", "pass"))
    with subject.connect(Coalesce()) as peer:
        for _ in range(20):
            peer.send(b"one", b"two", b"three")
            subject.come_to_rest()
        peer.finish()
        subject.expect_exit()

    assert subject.program.stdout.split() == [b"11"] * 20


@seen
def test_a_client_in_the_queue_is_not_taken(server: Meet) -> None:
    """Connected is not accepted: the finding says what the program does instead."""
    subject = server(HEAD.replace("BACKLOG", "5") + "input()\n")
    with pytest.raises(Finding, match="stays in the queue: the program waits for the keyboard"):
        subject.expect_taken(subject.connect())


def test_who_leaves_bytes_unread_ends_with_an_error(server: Meet) -> None:
    """That is what AF_UNIX has for a reset, and it is seen after what was said before."""
    subject = server(HEAD.replace("BACKLOG", "5") + "conn, _ = sk.accept()\nconn.recv(3)\n"
                     "conn.send(b'so far')\nconn.close()\n")  # fmt: skip
    with subject.connect() as peer:
        peer.send(b"hello")
        peer.expect(b"so far")
        with pytest.raises(Finding, match=r"left bytes unread \(ECONNRESET\)"):
            peer.expect_end()

    assert subject.transcript.of(Reset)


def test_we_cannot_reset_such_a_connection(server: Meet) -> None:
    """Nothing is judged by a reset that did not happen."""
    subject = server(PIECES.replace("WORK", "pass"))
    peer = subject.connect()
    with pytest.raises(NotJudged, match="knows no reset"):
        peer.reset()


def test_addresses_of_a_conversation_are_paths(server: Meet) -> None:
    """The server's file by its path, our nameless socket by its inode."""
    subject = server(PIECES.replace("WORK", "pass"))
    with subject.connect() as peer:
        assert peer.remote == subject.address
    (opened,) = subject.transcript.of(Opened)

    assert opened.local[0] == ""
    assert opened.remote == (subject.address[0], 0)
    assert subject.address[0].startswith(str(subject.place.folder.outer))


def test_a_full_backlog_is_waited_for(server: Meet) -> None:
    """A client that finds no room in the queue waits until the server makes some."""
    rest = "for _ in range(4):\n    time.sleep(0.05)\n    sk.accept()[0].sendall(b'x')\ninput()\n"
    subject = server(HEAD.replace("BACKLOG", "0") + rest)
    peers = [subject.connect() for _ in range(4)]

    for peer in peers:
        peer.expect(b"x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import socket\ns = socket.socket()\ns.bind(('', 80))\ns.listen()\ns.accept()",
         "it listens on a TCP port "),
        ("import socket\ns = socket.socket(type=socket.SOCK_DGRAM)\ns.bind(('', 80))\ns.recv(1)",
         "it uses a UDP socket instead"),
        ("import socket\nsocket.socket(socket.AF_UNIX).bind('x')\n",
         "the program ended with status 0"),
        ("import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('x')\ninput()",
         "it has bound its path, but does not listen there"),
        ("input()", "it waits for a line from the keyboard first"),
        ("import socket\nsocket.socket(socket.AF_UNIX).connect('/tmp/x')",
         "it connects to a server itself, as a client does"),
    ],
)  # fmt: skip
def test_a_server_that_never_comes_up_is_told_what_it_does(
    server: Meet, text: str, said: str
) -> None:
    """The finding names what was seen instead."""
    with pytest.raises(TargetError, match=said):
        server(text).start()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PIECES.replace("WORK", "pass"), "it listens on a socket file itself, as a server does"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 80))",
         "it goes to a host and a port instead"),
        pytest.param("input()", "the program waits for the keyboard", marks=proved),
    ],
)  # fmt: skip
def test_a_client_that_does_not_come_is_told_what_it_does(
    client: MeetClient, text: str, said: str
) -> None:
    """The finding names what was seen instead."""
    with pytest.raises(TargetError, match=said):
        client(text).accept()


def test_a_restart_finds_the_file_of_the_killed_run(server: Meet) -> None:
    """And a start afresh does not: it is as in a new place."""
    subject = server(HEAD.replace("BACKLOG", "5").replace("if os", "if 0 and os") + "sk.accept()\n")
    subject.start()
    subject.kill()
    assert subject.leaves_a_file()
    with pytest.raises(Finding, match="Address already in use"):
        subject.restart()
    subject.start_afresh()
    subject.connect()


@proved
def test_a_server_may_take_its_time_before_it_takes_its_file_away(server: Meet) -> None:
    """Whether the file stays is told by what the server leaves, and not while it still ends."""
    last = "sk.accept()[0].recv(1)\ntime.sleep(1.2)\nos.unlink(PATH)\n"
    subject = server(HEAD.replace("BACKLOG", "5") + last)
    subject.connect().finish()

    assert not subject.leaves_a_file()


def test_a_server_that_already_runs_is_seen_without_a_connection(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its queue stays empty: a one-shot server would take a look for its one client."""
    monkeypatch.chdir(tmp_path)
    target = replace(find("unix:///own", folder=tmp_path)[0], address=("own", 0))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("own")
    listener.listen()
    listener.settimeout(0)
    place = runner.place(target)
    try:
        UnixServer(place, PROFILES["server"], random.Random(1), 0.1).start()
        with pytest.raises(BlockingIOError):
            listener.accept()
        listener.close()
        with pytest.raises(TargetError, match="nobody listens there"):
            UnixServer(place, PROFILES["server"], random.Random(1), 0.1).start()
    finally:
        listener.close()
        place.close()


def test_a_file_may_go_away_while_it_is_looked_at(tmp_path: Path) -> None:
    """Programs remove theirs whenever they like, and that is no error of ours."""
    path, over = tmp_path / "file", threading.Event()

    def comes_and_goes() -> None:
        while not over.is_set():
            path.touch()
            path.unlink()

    thread = threading.Thread(target=comes_and_goes)
    thread.start()
    try:
        found = [identity(str(path)) is None for _ in range(2_000)]
        while len(set(found)) < 2:
            found.append(identity(str(path)) is None)
    finally:
        over.set()
        thread.join()
