"""What a program writes: its output, its trace, in any amount and of any form."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.kernel.threads import Wait, snapshot
from pytest_sockets.programs import rest, streams
from pytest_sockets.programs.program import Program
from pytest_sockets.programs.rest import Look, Rest, Watch, asks
from pytest_sockets.programs.streams import (
    LONGEST_LINE,
    MOST_CALLS,
    OUTPUT_LIMIT,
    TraceLines,
    parse,
)
from pytest_sockets.wire.events import Called, Printed
from pytest_sockets.wire.transcript import Transcript

from .steps import Stage, calls, ended, until

LOOK = Look(kernel=True, quiet=1.0)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
LINE = [1.0, "recv", 3, "a.py", 7, "1024", "b'hi'", 2, "in", False, None]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_trace_line_or_none(line: bytes) -> None:
    """Nothing that a program writes to its trace is an error of ours."""
    assert parse(line, 0.0, 1.0) is None or isinstance(parse(line, 0.0, 1.0), Called)


@given(st.lists(VALUES, min_size=11, max_size=11))
def test_any_eleven_values_make_a_call_that_can_be_told(values: list[object]) -> None:
    """Times lie within the conversation, texts can be written, numbers count something."""
    call = parse(json.dumps(values).encode(), 5.0, 2.0)
    if call is None:
        return

    assert 0.0 <= call.at <= 2.0
    assert all(n is None or 0 <= n < streams.MOST for n in (call.line, call.fd, call.size))
    texts = [call.call, call.arguments, call.result, call.file or "", call.error or ""]
    "".join(texts).encode()
    assert call.flow in ("in", "out", None)
    assert call.side == "program"


def test_a_trace_line_becomes_a_call() -> None:
    """The eleven values of a line are those of the event."""
    assert parse(json.dumps(LINE).encode(), 0.5, 9.0) == Called(
        at=0.5, side="program", call="recv", fd=3, file="a.py", line=7, arguments="1024",
        result="b'hi'", size=2, flow="in",
    )  # fmt: skip


@pytest.mark.parametrize("at", ["NaN", "Infinity", "-Infinity", "1e999", "-1"])
def test_no_call_is_dated_outside_of_the_conversation(at: str) -> None:
    """A forged time is moved to where it might have been."""
    line = json.dumps(LINE).replace("1.0", at, 1).encode()
    call = parse(line, 0.0, 2.0)

    assert call is not None
    assert math.isfinite(call.at)
    assert 0.0 <= call.at <= 2.0


def test_a_line_without_end_is_not_kept() -> None:
    """Only the beginning of a line that is too long is remembered, until its end has come."""
    transcript = Transcript()
    lines = TraceLines(transcript)
    whole = json.dumps(LINE).encode()
    for _ in range(100):
        lines.take(b"[" * 65536)

    assert len(lines._rest) == LONGEST_LINE + 1
    lines.take(b"\n" + whole + b"\n")
    assert [call.call for call in transcript.of(Called)] == ["recv"]


@given(st.data())
def test_lines_are_told_however_they_are_cut(data: st.DataObject) -> None:
    """Where one read ends and the next begins makes no difference."""
    written = b"".join(json.dumps([n, *LINE[1:]]).encode() + b"\n" for n in range(4))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(written)))))
    transcript = Transcript()
    lines = TraceLines(transcript)
    for start, stop in zip([0, *cuts], [*cuts, len(written)], strict=True):
        lines.take(written[start:stop])

    assert len(transcript.of(Called)) == 4


def test_a_flood_of_calls_leaves_room_for_the_conversation() -> None:
    """After MOST_CALLS lines the trace is not told any more."""
    transcript = Transcript()
    lines = TraceLines(transcript)
    lines.take((json.dumps(LINE).encode() + b"\n") * (MOST_CALLS + 10))

    assert len(transcript.events) == MOST_CALLS
    assert transcript.dropped == 0


def settled(watch: Watch, transcript: Transcript) -> Rest:
    """Return how the program rests."""
    while True:
        rest = watch.step()
        if rest is not None:
            return rest
        transcript.wait(lambda: False, 0.001)


@pytest.mark.parametrize("fd", [1, 2])
def test_a_flood_of_output_is_cut_and_proved(warm: Stage, fd: int) -> None:
    """After the limit the program is blocked in its write, and that is its rest."""
    _, program = warm.start(f"import os\nwhile True:\n    os.write({fd}, b'x' * 1000)\n")
    rest = settled(Watch(program, LOOK), program.transcript)

    assert (rest, program.flooding, program.running) == (Rest.WAITING, True, True)
    assert len(program.stdout + program.stderr) == OUTPUT_LIMIT


def test_a_flood_of_output_is_cut_everywhere(stage: Stage) -> None:
    """Both ways of starting read the same amount and end the program."""
    _, program = stage.start("while True: print('x' * 1000)\n")
    until(program, lambda: program.flooding)
    program.end()

    assert len(program.stdout) == OUTPUT_LIMIT


def test_output_up_to_the_limit_is_whole(stage: Stage) -> None:
    """A program that prints much, and ends, is read to the end."""
    program = stage.run(f"print('x' * {OUTPUT_LIMIT - 2})\n")

    assert (program.status, len(program.stdout), program.flooding) == (0, OUTPUT_LIMIT - 1, False)


def test_a_flood_of_garbage_on_the_trace_holds_up_nothing(stage: Stage) -> None:
    """Bytes that are no trace lines are read and dropped."""
    program = stage.run(
        "import os, socket\n"
        "for _ in range(40): os.write(250, b'[garbage\\n' * 400)\n"
        "socket.socket().listen()\nprint('done')\n"
    )

    assert program.stdout == b"done\n"
    assert program.status == 0
    assert [call.call for call in calls(program) if call.call != "close"] == ["listen"]


def test_a_program_that_makes_many_calls_is_not_held_up_by_its_trace(stage: Stage) -> None:
    """It tells of the first ones, and falls silent before its pipe can fill."""
    program = stage.run(
        "import socket\na, b = socket.socketpair()\n"
        "for n in range(40000):\n    a.send(b'%08d' % n)\n    b.recv(8)\nprint('done')\n"
    )

    assert program.stdout == b"done\n"
    assert program.status == 0
    assert calls(program)[0].call == "send"
    assert len(calls(program)) == MOST_CALLS


def test_a_trace_that_the_program_closed_is_left_alone(stage: Stage) -> None:
    """A file that gets the number of the trace's descriptor holds what the program wrote."""
    program = stage.run(
        "import os, socket\nos.close(250)\nsocket.socket().listen()\n"
        "os.dup2(os.open('mine', os.O_RDWR | os.O_CREAT), 250)\n"
        "socket.socket().listen()\nprint(os.path.getsize('mine'))\n"
    )

    assert program.stdout == b"0\n"


def test_a_program_may_close_its_output(stage: Stage) -> None:
    """It goes on; what it printed before is kept."""
    _, program = stage.start("import os\nprint('a', flush=True)\nos.close(1)\ninput()\nexit(4)\n")
    program.type("on")

    assert (ended(program).status, program.stdout) == (4, b"a\n")


def test_typing_to_a_program_that_closed_its_keyboard_is_no_error(stage: Stage) -> None:
    """The line is lost, as on a terminal that nobody reads."""
    _, program = stage.start("import os, signal\nos.close(0)\nprint('closed')\nsignal.pause()\n")
    until(program, lambda: b"closed" in program.stdout)
    program.type("hello")

    assert program.running


def test_what_was_printed_before_the_end_is_known_before_the_end(stage: Stage) -> None:
    """The exit is the last event, whatever the program wrote just before."""
    program = stage.run("import sys\nprint('out')\nsys.stderr.write('err')\n")
    events = program.transcript.events

    assert events[-1].name == "exited"
    assert {event.stream for event in events if isinstance(event, Printed)} == {"stdout", "stderr"}


def test_a_program_that_has_ended_rests_once_what_it_sent_has_come(warm: Stage) -> None:
    """It leaves bytes to the system, which may hold them until there is room again."""
    _, program = warm.start("pass\n")
    until(program, lambda: not program.running)
    under_way = [True]
    look = replace(LOOK, delivered=lambda: not under_way[0])
    watch = Watch(program, look)

    assert [watch.step() for _ in range(3)] == [None] * 3
    under_way[0] = False
    assert watch.step() is Rest.ENDED


def test_a_sleep_is_given_its_time_from_when_it_counts(
    warm: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came before it, on a machine that is busy with others, is none of it."""
    _, program = warm.start("import time\ntime.sleep(300)\n")
    until(program, lambda: snapshot(program.pids())[0].wait is Wait.TIMED and program.caught_up)
    now, under_way = [0.0], [True]
    monkeypatch.setattr(rest, "time", SimpleNamespace(monotonic=lambda: now[0]))
    watch = Watch(program, replace(LOOK, delivered=lambda: not under_way[0]), 1.0)
    now[0] = 2.0
    assert watch.step() is None

    under_way[0] = False
    assert watch.step() is None
    now[0] = 3.5
    assert watch.step() is Rest.ASLEEP


LIMITED = """\
import socket, struct
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 300, 0))
sock.bind(("127.0.0.1", 0))
sock.recv(1)
"""


def test_a_wait_is_judged_once_all_that_was_said_of_it_is_known(
    warm: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its trace tells of a limit that the system does not show, and may be read late."""
    unread: list[tuple[TraceLines, bytes]] = []
    take = TraceLines.take
    monkeypatch.setattr(TraceLines, "take", lambda lines, data: unread.append((lines, data)))
    monkeypatch.setattr(Program, "caught_up", property(lambda _: not unread))
    _, program = warm.start(LIMITED)
    until(program, lambda: any(b'"recv"' in data for _, data in unread))
    until(program, lambda: snapshot(program.pids())[0].call == "recvfrom")

    def settle() -> None:
        for lines, data in unread:
            take(lines, data)
        unread.clear()

    watch = Watch(program, replace(LOOK, settle=settle), 0.0)
    assert [watch.step() for _ in range(3)] == [None] * 3
    settle()
    assert settled(watch, program.transcript) is Rest.ASLEEP


def test_a_program_that_computes_is_waited_for_as_long_as_it_reads(warm: Stage) -> None:
    """Its work is not in vain, however much there is between two bytes."""
    _, program = warm.start("while True: pass\n")
    looks: list[int] = []

    def taken() -> int:
        looks.append(len(looks))
        return len(looks)

    assert settled(Watch(program, LOOK), program.transcript) is Rest.SPINNING
    assert program.spun
    reads = Watch(program, replace(LOOK, taken=taken))
    while len(looks) < 8:
        assert reads.step() is None
        program.transcript.wait(lambda: False, 0.001)


def test_a_program_asks_when_its_keyboard_is_read(warm: Stage) -> None:
    """A read from the descriptor itself is a question too."""
    _, program = warm.start("import os\nos.read(0, 1)\n")
    until(program, lambda: asks(program, LOOK))

    assert program.has_keyboard(program.pid, 0)


def test_a_pipe_of_the_programs_own_is_no_keyboard(warm: Stage) -> None:
    """Descriptor 0 may be something else in what the program started."""
    _, program = warm.start("import os\nr, w = os.pipe()\nos.dup2(r, 0)\nos.read(0, 1)\n")

    assert settled(Watch(program, LOOK), program.transcript) is Rest.WAITING
    assert not asks(program, LOOK)


def test_children_that_come_and_go_are_no_rest(warm: Stage) -> None:
    """A program that waits for short-lived children is not at rest before the last one ended."""
    _, program = warm.start(
        "import os\n"
        "for _ in range(300):\n"
        "    pid = os.fork()\n    if not pid: os._exit(0)\n    os.waitpid(pid, 0)\n"
        "print('done')\ninput()\n"
    )
    rest = settled(Watch(program, LOOK), program.transcript)

    assert (rest, program.stdout) == (Rest.WAITING, b"done\n")
