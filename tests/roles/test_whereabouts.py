"""What a program is doing that waits in no call of a socket is said, with its line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pytest_sockets import Finding, Server, catalogue
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find

HEAD = """\
import os, select, socket, threading, time
sk = socket.socket()
sk.bind(('127.0.0.1', 8000))
sk.listen()
conn, _ = sk.accept()
"""
"""Five lines: what stands below is line 6."""


def observed(below: str, runner: Runner, folder: Path) -> str:
    """Return what is said of a server that goes on with the lines ``below`` and never answers."""
    (folder / "hw.py").write_text(HEAD + below, "utf-8")
    place = runner.place(find("hw.py", folder=folder)[0])
    try:
        profile = catalogue.exercises()["tcp-echo"].profiles["server"]
        with (
            Server(place, profile, random.Random(1), runner.quiet) as server,
            pytest.raises(Finding) as caught,
            server.connect() as peer,
        ):
            peer.expect(b"answer")
        return str(caught.value.observed)
    finally:
        place.close()


@pytest.fixture(autouse=True)
def _kernel(runner: Runner) -> None:
    if not runner.kernel:
        pytest.skip("nothing here tells what a thread waits in")


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("time.sleep(1000)\n", "the program is asleep (hw.py:6)"),
        (
            "pair = socket.socketpair()\nwhile True:\n    select.select(pair, [], [], 0.01)\n",
            "the program waits with a time limit, over and over (hw.py:8)",
        ),
        (
            "threading.Event().wait(1000)\n",
            "the program sleeps, or waits with a time limit over and over (hw.py:6)",
        ),
        (
            "n = 1\nwhile n:\n    n += 1\n",
            "the program keeps computing and does not come back to the conversation (hw.py:",
        ),
        ("conn.recv(9)\n", "the program waits for bytes in recv (hw.py:6)"),
        ("os.read(conn.fileno(), 9)\n", "the program waits for bytes in recv"),
        ("open('/dev/stdin').read()\n", "the program waits for the keyboard"),
        ("os.read(os.pipe()[0], 9)\n", "the program waits and does nothing more"),
    ],
)
def test_what_it_does_is_said_with_its_line(
    below: str, said: str, runner: Runner, tmp_path: Path
) -> None:
    """The student need not guess where the program hangs."""
    assert said in observed(below, runner, tmp_path)


def test_the_sleep_of_another_thread_has_no_line(runner: Runner, tmp_path: Path) -> None:
    """Only the main thread tells where it is: the line of another would mislead."""
    below = "threading.Thread(target=time.sleep, args=(1000,)).start()\nthreading.Lock().acquire\n"
    said = observed(f"{below}sk.accept()\n", runner, tmp_path)
    assert "the program is asleep" in said
    assert "hw.py" not in said


def test_asking_where_it_is_does_not_wake_a_sleeper(runner: Runner, tmp_path: Path) -> None:
    """A sleep goes on after the question, so that asking twice tells the same."""
    below = "time.sleep(1000)\nconn.send(b'awake')\n"
    (tmp_path / "hw.py").write_text(HEAD + below, "utf-8")
    place = runner.place(find("hw.py", folder=tmp_path)[0])
    try:
        profile = catalogue.exercises()["tcp-echo"].profiles["server"]
        with (
            Server(place, profile, random.Random(1), runner.quiet) as server,
            server.connect() as peer,
        ):
            said = {str(server.state()) for _ in range(3)}
            assert said == {"the program is asleep (hw.py:6)"}
            assert peer.take() == b""
    finally:
        place.close()
