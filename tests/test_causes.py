"""An error in a part of a program that runs on is told as the cause of what it did not do."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import SEED

from pytest_sockets import catalogue
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome
from pytest_sockets.roles.state import crashed_in_part
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Datagram, Event, Finished, Opened, Printed, Sent, Typed
from pytest_sockets.wire.transcript import Transcript

THREADS = """
    import socket, threading

    def handle(conn):
        while True:
            conn.send(conn.recv(1024).decode())

    server = socket.create_server(("127.0.0.1", 8000))
    while True:
        conn, address = server.accept()
        threading.Thread(target=handle, args=(conn,)).start()
"""

TASKS = """
    import asyncio

    async def handle(reader, writer):
        asyncio.create_task(answer(reader, writer))

    async def answer(reader, writer):
        kept.append(writer)
        writer.write((await reader.read(1024)).decode())

    async def main():
        async with await asyncio.start_server(handle, "127.0.0.1", 8000) as server:
            await server.serve_forever()

    kept = []
    asyncio.run(main())
"""

HANDLERS = """
    import socketserver

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            data, sock = self.request
            sock.sendto(data.decode(), self.client_address)

    socketserver.UDPServer(("127.0.0.1", 8000), Handler).serve_forever()
"""

ERROR = (
    b"Exception in thread Thread-1 (handle):\n"
    b"""\
Traceback (most recent call last):
  File "server.py", line 4, in handle
    answer(data[0])
IndexError: index out of range
"""
)
INDEX_ERROR = "IndexError: index out of range"

HERE, THERE = ("127.0.0.1", 40000), ("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("source", "exercise"),
    [(THREADS, "tcp-echo-concurrent"), (TASKS, "tcp-echo-concurrent"), (HANDLERS, "udp-echo")],
    ids=["thread", "task", "handler"],
)
def test_the_error_of_a_part_is_the_cause_of_the_missing_answer(
    source: str, exercise: str, runner: Runner, tmp_path: Path
) -> None:
    """The program itself goes on, so that its end tells nothing."""
    because = cause_of("returns-the-same-", source, exercise, runner, tmp_path)
    assert because.startswith("a part of the program crashed, while the rest ran on: TypeError: ")


KEPT = """
    import io, socket, sys

    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8"{option})
    server = socket.create_server(("127.0.0.1", 8000))
    while True:
        conn, address = server.accept()
        {does}
        conn.close()
"""
PRINTS = ("prints-what-it-received", "tcp-reply")


def test_a_stdout_of_its_own_that_keeps_what_is_printed_is_the_cause(
    runner: Runner, tmp_path: Path
) -> None:
    """On a terminal nothing would be seen either, and the student has printed it."""
    behaviour, exercise = PRINTS
    kept = KEPT.format(option="", does="print(conn.recv(1024).decode())")
    assert cause_of(behaviour, kept, exercise, runner, tmp_path) == (
        "the stdout that line 4 makes keeps back what is printed until it is much: "
        "give TextIOWrapper line_buffering=True as well"
    )


@pytest.mark.parametrize(
    ("option", "does"),
    [
        (", line_buffering=True", "len(conn.recv(1024))"),
        ("", "sys.stderr.write(str(len(conn.recv(1024))))"),
    ],
)
def test_a_stdout_that_keeps_nothing_is_no_cause(
    option: str, does: str, runner: Runner, tmp_path: Path
) -> None:
    """The program prints nothing, or something else."""
    behaviour, exercise = PRINTS
    source = KEPT.format(option=option, does=does)
    assert cause_of(behaviour, source, exercise, runner, tmp_path) == "None"


def cause_of(behaviour: str, source: str, exercise: str, runner: Runner, folder: Path) -> str:
    """Return why a server of this source fails the ``behaviour``, by the first word of its name."""
    (folder / "server.py").write_text(textwrap.dedent(source))
    target = find("server.py", folder=folder)[0]
    assignment = Assignment(target, catalogue.exercises()[exercise], "server")
    asked = assignment.profile.behaviours
    asked_for = next(each for each in asked if each.behaviour.slug.startswith(behaviour))
    result = Grading(assignment, runner, SEED).result(asked_for)
    assert result.outcome is Outcome.FAILED
    return str(result.because)


@pytest.mark.parametrize(
    "event",
    [
        Sent(data=b"x"),
        Datagram(data=b"x", local=HERE, remote=THERE),
        Opened(local=HERE, remote=THERE),
        Typed(line="x"),
    ],
    ids=["bytes", "datagram", "connection", "line"],
)
def test_an_error_before_the_last_that_was_asked_is_no_cause(event: Event) -> None:
    """It may have been about another client."""
    assert crashed_in_part(told(Printed(data=ERROR, stream="stderr"), event)) is None
    assert crashed_in_part(told(event, Printed(data=ERROR, stream="stderr"))) == INDEX_ERROR


def test_what_the_program_sends_and_the_end_of_a_client_are_not_asked() -> None:
    """A thread may crash between its answer and the end."""
    own = Sent(data=b"x", side="program")
    assert (
        crashed_in_part(told(Printed(data=ERROR, stream="stderr"), own, Finished())) == INDEX_ERROR
    )


def test_an_error_that_a_program_prints_itself_is_no_crash_of_a_part() -> None:
    """It may have dealt with it, as with ``traceback.print_exc()``."""
    printed = Printed(data=ERROR.partition(b"\n")[2], stream="stderr")
    assert crashed_in_part(told(printed)) is None
    assert crashed_in_part(told(Printed(data=ERROR, stream="stdout"))) is None


def told(*events: Event) -> Transcript:
    """Return a transcript of ``events``, one second apart."""
    transcript = Transcript()
    for second, event in enumerate(events):
        transcript.add(replace(event, at=float(second)))
    return transcript
