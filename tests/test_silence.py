"""Where silence is a matter of time: what counts as a sign of life, and what can't be seen."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import pytest
from fairness import judged

from pytest_sockets.programs import place, rest
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.rest import Look, Rest, Watch
from pytest_sockets.results import Outcome
from pytest_sockets.roles.keyboard import UNSEEN
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Called
from pytest_sockets.wire.transcript import Transcript

HERE = Path(__file__).parent
VARIANTS = HERE / "variants"

POLLS = """\
import socket

server = socket.create_server(("127.0.0.1", 8000))
while True:
    server.settimeout(0.01)
    try:
        server.accept()
    except socket.timeout:
        print(".", end="")
"""


def test_who_polls_is_silent_whatever_it_sets_and_prints(
    portable_runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same again and again is no sign of life: it would go on for ever."""
    monkeypatch.setattr(rest, "WALL_LIMIT", math.inf)
    (tmp_path / "polls.py").write_text(POLLS, "utf-8")
    polling = portable_runner.place(find("polls.py", folder=tmp_path)[0])
    try:
        program = polling.start(Transcript())
        program.transcript.wait(lambda: program.stdout.count(b".") > 2, 60)
        watch = Watch(program, Look(kernel=False, quiet=portable_runner.quiet))
        while (found := watch.step()) is None:
            program.transcript.wait(lambda: False, 0.01)
        assert found is Rest.SILENT
        assert program.stdout.count(b".") > 2
    finally:
        polling.close()


ASKS_TWICE = """\
import threading

for _ in range(2):
    threading.Thread(target=input).start()
"""


def test_of_two_threads_that_ask_one_still_does_when_the_other_has_its_line(
    portable_runner: Runner, tmp_path: Path
) -> None:
    """A server asks in a thread for each client, also for one that has left."""
    (tmp_path / "twice.py").write_text(ASKS_TWICE, "utf-8")
    asking = portable_runner.place(find("twice.py", folder=tmp_path)[0])
    look = Look(kernel=False, quiet=portable_runner.quiet)
    try:
        program = asking.start(Transcript())

        def told(*, begun: int, returned: int) -> bool:
            entered = [call.entered for call in program.transcript.of(Called)]
            return (entered.count(True), entered.count(False)) == (begun, returned)

        program.transcript.wait(lambda: told(begun=2, returned=0), 60)
        program.type("first")
        program.transcript.wait(lambda: told(begun=2, returned=1), 60)
        assert rest.asks(program, look)
        program.type("second")
        program.transcript.wait(lambda: told(begun=2, returned=2), 60)
        assert not rest.asks(program, look)
    finally:
        asking.close()


@pytest.mark.timeout(300)
def test_who_waits_for_the_keyboard_unseen_is_not_accused(portable_runner: Runner) -> None:
    """An event loop waits for it in the same call as for sockets."""
    path = VARIANTS / "tcp-duplex-chat" / "client" / "asyncio_client.py"
    result = judged(path, "tcp-duplex-chat", "client", portable_runner, "CHT-10")["CHT-10"]

    assert result.outcome is Outcome.NOT_JUDGED
    assert (result.reason, result.ours) == (UNSEEN, False)


@pytest.mark.timeout(300)
def test_who_waits_for_sockets_alone_is_accused(portable_runner: Runner, tmp_path: Path) -> None:
    """Its text says nothing of the keyboard."""
    path = tmp_path / "deaf.py"
    path.write_text(
        "import select, socket\n"
        "sock = socket.create_connection(('127.0.0.1', 8989))\n"
        "while True:\n"
        "    select.select([sock], [], [])\n"
        "    print(sock.recv(1024).decode())\n",
        "utf-8",
    )
    result = judged(path, "tcp-duplex-chat", "client", portable_runner, "CHT-10")["CHT-10"]

    assert result.outcome in (Outcome.FAILED, Outcome.BLOCKED)


@pytest.mark.timeout(300)
def test_who_is_asked_no_line_is_accused_of_silence(
    portable_runner: Runner, tmp_path: Path
) -> None:
    """Nothing was to be typed: the keyboard that its text names explains nothing."""
    path = tmp_path / "mute.py"
    path.write_text(
        "import select, socket, sys\n"
        "server = socket.create_server(('127.0.0.1', 8000))\n"
        "conn, _ = server.accept()\n"
        "while True:\n"
        "    select.select([conn, sys.stdin], [], [])\n"
        "    conn.recv(1024)\n",
        "utf-8",
    )
    result = judged(path, "tcp-echo", "server", portable_runner, "ECH-01")["ECH-01"]

    assert result.outcome is Outcome.FAILED


@pytest.mark.timeout(300)
def test_who_is_silent_on_a_machine_that_became_slower_is_asked_again_by_its_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousandth of a second is what the machine took when it was measured first."""
    measured = iter([0.001, 1.0])
    monkeypatch.setattr(place, "quiet_time", lambda *_: next(measured))
    path = HERE.parent / "reference" / "tcp_echo_server.py"
    with contextlib.closing(Runner(portable=True)) as runner:
        result = judged(path, "tcp-echo", "server", runner, "LIF-02")["LIF-02"]

    assert (result.outcome, result.attempts) == (Outcome.PASSED, 2)
