"""A program that waits for the keyboard asks for a line, alone or among other things."""

from __future__ import annotations

import pytest

from pytest_sockets.programs.rest import Look, Rest, Watch, asks

from .steps import Stage, until, wait_for

LOOK = Look(kernel=True, quiet=0.0)
PAIR = "import os, select, selectors, socket, sys\na, b = socket.socketpair()\n"

ASKING = [
    "input()",
    "sys.stdin.readline()",
    "os.read(0, 100)",
    "os.read(os.dup(0), 100)",
    "open('/dev/stdin').readline()",
    "select.select([sys.stdin, a], [], [])",
    "select.select([os.dup(0), a], [], [])",
    "select.select([a, 0], [], [], 300)",
    "p = select.poll(); p.register(a, 1); p.register(0, 1); p.poll()",
    "s = selectors.DefaultSelector(); s.register(a, 1); s.register(sys.stdin, 1); s.select()",
    "s = selectors.DefaultSelector(); s.register(open('/dev/stdin'), 1); s.select()",
    "import threading; threading.Thread(target=input).start(); a.recv(1)",
    "import asyncio; l = asyncio.new_event_loop(); l.add_reader(0, l.stop); l.run_forever()",
]

SILENT = [
    "a.recv(1)",
    "os.read(os.pipe()[0], 1)",
    "select.select([a], [], [])",
    "s = selectors.DefaultSelector(); s.register(a, 1); s.select()",
    "import asyncio; asyncio.new_event_loop().run_forever()",
]


@pytest.mark.parametrize("wait", ASKING)
def test_a_wait_that_the_keyboard_ends_is_a_question(wait: str, warm: Stage) -> None:
    """Whether it reads, selects, polls or has an event loop; and a line ends it."""
    if not warm.runner.kernel:
        pytest.skip("what threads wait in can't be seen here")
    _, program = warm.start(PAIR + wait + "\na.close()\nprint('went on')\n")
    until(program, lambda: asks(program, LOOK))
    program.type("a line")
    if "Thread" not in wait:
        until(program, lambda: b"went on" in program.stdout)


@pytest.mark.parametrize("wait", SILENT)
def test_a_wait_for_others_is_no_question(wait: str, warm: Stage) -> None:
    """The program rests, and a line would be of no use to it."""
    if not warm.runner.kernel:
        pytest.skip("what threads wait in can't be seen here")
    _, program = warm.start(PAIR + wait)
    watch = Watch(program, LOOK)
    assert wait_for(program.transcript, lambda: watch.step() is Rest.WAITING)
    assert not asks(program, LOOK)
