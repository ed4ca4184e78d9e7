"""``pytest-sockets serve`` and ``talk``: real processes on loopback, told live, ended cleanly."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import psutil
import pytest
from click.testing import CliRunner
from facilities import listed
from running import FOREIGN

from pytest_sockets.by_hand import Play
from pytest_sockets.cli import main
from pytest_sockets.kernel.held import hold_port
from pytest_sockets.wire import transcript
from pytest_sockets.wire.events import Sent

LIMIT = 60.0


class Command:
    """The command, running."""

    def __init__(self, folder: Path, *words: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest_sockets.cli", *words],
            cwd=folder,
            env={**clean, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )

    def until(self, text: str) -> str:
        """Read until the expression ``text`` was printed; return all that was printed so far."""
        assert self.process.stdout is not None
        while not re.search(text, self.said):
            data = os.read(self.process.stdout.fileno(), 4096)
            assert data, f"it ended before it printed {text!r}: {self.said}"
            self.said += data.decode("utf-8", "replace")
        return self.said

    def address(self) -> tuple[str, int]:
        """Return where it serves."""
        found = re.search(r" at (127\.0\.0\.1):(\d+),", self.until("until Ctrl-C"))
        assert found
        return found[1], int(found[2])

    def type(self, line: str) -> None:
        """Type a line for it."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def interrupt(self) -> str:
        """Press Ctrl-C, which reaches all of its processes; it ends with status 0, and they end."""
        started = psutil.Process(self.process.pid).children(recursive=True)
        if os.name == "posix":
            os.killpg(self.process.pid, signal.SIGINT)
        else:
            self.process.send_signal(signal.SIGINT)
        said = self.ended()
        assert not [each for each in started if each.is_running()]
        assert said.endswith("stopped\n")
        return said

    def ended(self) -> str:
        """Wait for its end, with status 0; return all that it printed."""
        out, _ = self.process.communicate(timeout=LIMIT)
        self.said += out.decode("utf-8", "replace")
        assert self.process.returncode == 0, self.said
        assert "Traceback" not in self.said
        return self.said


@contextmanager
def running(folder: Path, *words: str) -> Iterator[Command]:
    """Yield the command, which is ended with the block."""
    command = Command(folder, *words)
    try:
        yield command
    finally:
        command.process.kill()
        command.process.communicate()


def arrows(said: str) -> list[str]:
    """Return the arrows of the ladder, in order, without numbers and shafts."""
    found = re.findall(r"│(── .* ─*▶|◀─* .* ──)│", said)
    return [re.sub(r" ?─{2,} ?| $", "", each) for each in found]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX says EPIPE of a pipe without a reader")
@pytest.mark.parametrize("words", [["serve", "tcp-hello", "--port", "0"], ["list"]])
def test_who_reads_no_more_is_told_nothing(words: list[str], tmp_path: Path) -> None:
    """``| head`` has seen enough: that is no error to be reported."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as nobody:
        command = [sys.executable, "-m", "pytest_sockets.cli", *words]
        told = subprocess.run(
            command,
            cwd=tmp_path,
            stdout=nobody,
            stderr=subprocess.PIPE,
            timeout=LIMIT,
            check=False,
        )
    assert (told.stderr, told.returncode) == (b"", 1)


def test_a_server_is_served_and_its_exchange_told(tmp_path: Path) -> None:
    """One row for each thing that crosses the wire, while it goes on."""
    with running(tmp_path, "serve", "tcp-hello", "--port", "0") as served:
        for _ in range(2):
            with socket.create_connection(served.address()) as client:
                client.sendall(b"is anybody there?")
                assert client.recv(100) == b"hello"
                assert client.recv(100) == b""
        served.until(r"  \d #2 .*◀.* FIN ")
        said = served.interrupt()
    begin = ["connects▶", "b'is anybody there?'▶", "◀b'hello'", "◀FIN"]
    assert [each for each in arrows(said) if each != "FIN▶"] == 2 * begin
    assert "client  " in said
    assert "server" in said


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("tcp", ["tcp-echo"]),
        ("tcp", ["tcp-echo", "--fault", "fragment:size=1"]),
        ("tcp", ["tcp-turn-chat"]),
        ("udp", ["udp-echo", "--fault", "delay:seconds=0.01"]),
    ],
)
def test_a_server_listens_where_it_is_told(
    kind: Literal["tcp", "udp"], more: list[str], tmp_path: Path
) -> None:
    """Where a student's client has its address written in it."""
    with hold_port(kind) as port:
        words = ("serve", *more, "--host", "127.0.0.1", "--port", str(port.number))
        with running(tmp_path, *words) as served:
            assert served.address() == port.address
            served.interrupt()
        # It is free again at once.
        port.bound().close()


def test_faults_befall_what_the_server_says(tmp_path: Path) -> None:
    """Fragment cuts each answer, and not what the client says."""
    with running(
        tmp_path, "serve", "tcp-echo", "--port", "0", "--fault", "fragment:size=3"
    ) as served:
        with socket.create_connection(served.address()) as client:
            client.sendall(b"tutorial")
            assert [client.recv(100) for _ in range(3)] == [b"tut", b"ori", b"al"]
        said = served.until("b'al'")
        served.interrupt()
    assert arrows(said)[1:5] == ["b'tutorial'▶", "◀b'tut'", "◀b'ori'", "◀b'al'"]


def test_a_datagram_that_is_lost_is_told_as_lost(tmp_path: Path) -> None:
    """The first answer, as the fault says; the second arrives."""
    with (
        running(
            tmp_path, "serve", "udp-echo", "--port", "0", "--fault", "lose:numbers=1"
        ) as served,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
    ):
        client.connect(served.address())
        client.settimeout(LIMIT)
        client.send(b"one")
        served.until("lost")
        client.send(b"two")
        assert client.recv(100) == b"two"
        served.interrupt()
        assert arrows(served.said)[:2] == ["b'one'▶", "◀b'one' (lost)"]


def test_client_and_server_talk_from_two_keyboards(tmp_path: Path) -> None:
    """What is typed for each is said, drawn and printed; the prompts are shown."""
    with running(tmp_path, "serve", "tcp-turn-chat", "--port", "0") as served:
        host, port = served.address()
        with running(tmp_path, "talk", "tcp-turn-chat", host, str(port)) as talked:
            served.until("> ")
            served.type("good morning")
            talked.until("good morning\n> ")
            talked.type("早上好")
            served.until("早上好\n> ")
            said = talked.interrupt()
        assert arrows(said)[:2] == ["connects▶", "◀b'good morning'"]
        served.until("FIN")
        assert arrows(served.interrupt())[:2] == ["connects▶", "◀b'good morning'"]


def test_a_client_that_ends_by_itself_ends_the_command(tmp_path: Path) -> None:
    """With the server's own end of the connection, and the client's status last."""
    with running(tmp_path, "serve", "tcp-echo", "--port", "0") as served:
        host, port = served.address()
        words = ("talk", "tcp-echo", host, str(port), "--fault", "fragment:size=4")
        with running(tmp_path, *words) as talked:
            talked.type("tutorial")
            talked.type("")
            said = talked.ended()
        served.interrupt()
    assert said.endswith("the reference client ended with status 0\n")
    client = [each for each in arrows(said) if each.endswith("▶")]
    assert client == ["connects▶", "b'tuto'▶", "b'rial'▶", "FIN▶"]
    assert "◀FIN" in arrows(said)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="AF_UNIX is needed")
@pytest.mark.parametrize("more", [(), ("--fault", "delay:seconds=0.01")])
def test_a_server_at_a_path_takes_its_file_away(more: tuple[str, ...], tmp_path: Path) -> None:
    """Whether it ends by Ctrl-C or because somebody tells it to."""
    with running(tmp_path, "serve", "unix-echo", *more) as served:
        served.until("Ctrl-C")
        assert (tmp_path / "echo.sock").is_socket()
        with running(tmp_path, "talk", "unix-echo", "echo.sock") as talked:
            talked.type("x")
            talked.type("")
            assert "◀b'x'" in arrows(talked.ended())
        served.process.terminate()
        served.ended()
    assert not (tmp_path / "echo.sock").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serve", "url"], "there is no reference server for url"),
        (["talk", "tcp-socketserver", "127.0.0.1", "1"], "no reference client"),
        (["serve", "tcp-echo", "--fault", "fragmen"], "did you mean fragment?"),
        (["serve", "tcp-echo", "--fault", "lose:rate=1"], "Lose is for datagrams"),
        (["serve", "tcp-echo", "--path", "x"], "path: tcp-echo listens at a host and a port"),
        (["serve", "tcp-turn-chat", "--path", "x"], "path: tcp-turn-chat listens at a host"),
        (["serve", "unix-echo", "--port", "80"], "port: unix-echo listens at a path"),
        (["serve", "tcp-echo", "--port", "70000"], "70000"),
        (["talk", "tcp-echo", "127.0.0.1"], "host and port"),
        (["talk", "unix-echo", "echo.sock", "80"], "and no port"),
    ],
)
def test_bad_use_is_said_to_be_so(words: list[str], told: str) -> None:
    """Status 2 and one sentence that names what was wrong."""
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2, result.output
    assert told in result.output


def test_an_address_that_is_taken_is_named() -> None:
    """A port that somebody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", "tcp-echo", "--port", port])
    assert result.exit_code == 1
    assert f"127.0.0.1:{port} can't be used: Address already in use" in result.output


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="AF_UNIX is needed")
@pytest.mark.parametrize("more", [(), ("--fault", "delay:seconds=0.01")])
def test_a_path_that_is_taken_is_named(more: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever lies there is left alone."""
    path = tmp_path / "taken"
    path.write_text("mine", "utf-8")
    result = CliRunner().invoke(main, ["serve", "unix-echo", "--path", str(path), *more])
    assert result.exit_code == 1
    assert f"{path} can't be used: " in result.output.replace("\n", "")
    assert path.read_text("utf-8") == "mine"


@listed
def test_a_server_that_does_not_listen_is_named() -> None:
    """Before the client is started."""
    with hold_port() as port:
        words = ["talk", "tcp-echo", "127.0.0.1", str(port.number)]
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert f"nobody listens at tcp://127.0.0.1:{port.number}: start the server" in result.output


def test_what_is_too_much_to_be_told_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record has an end, and the exchange goes on without it."""
    monkeypatch.setattr(transcript, "MOST_EVENTS", 3)
    kept = transcript.Transcript()
    for number in range(5):
        kept.add(Sent(at=float(number), side="client", connection=1, data=b"x"))
    ended = iter([False, True, True])
    play = Play(("127.0.0.1", 1), kept, over=lambda: next(ended))
    assert [event.at for event in play.events()] == [0, 1, 2]
    assert play.full
    play.wait()
