"""A stopped program: no thread of it runs until it is told to go on."""

from __future__ import annotations

import pytest

from pytest_sockets.kernel import threads
from pytest_sockets.programs.place import Place
from pytest_sockets.programs.program import Program
from pytest_sockets.programs.rest import at_keyboard

from .steps import Stage, until

SPINS = """
import threading
def spin():
    while True:
        pass
threading.Thread(target=spin, daemon=True).start()
print("on", flush=True)
spin()
"""

FORKS = """
import os
print("on", flush=True)
while True:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
"""


def begun(stage: Stage, source: str) -> tuple[Place, Program]:
    """Start a program that says when it is on; whether it has stopped has to be seen."""
    place, program = stage.start(source)
    if not place.kernel:
        pytest.skip("rest is not proved by this way of starting")
    until(program, lambda: program.stdout == b"on\n")
    return place, program


def test_every_thread_has_stopped_when_stop_returns(stage: Stage) -> None:
    """What is sent to the program afterwards is not taken before it goes on."""
    place, program = begun(stage, SPINS)
    for _ in range(20):
        place.stop(program)
        assert {thread.call for thread in threads.snapshot(program.pids())} == {"stopped"}
        place.go_on(program)
    until(program, lambda: any(t.call == "running" for t in threads.snapshot(program.pids())))


def test_what_is_forked_meanwhile_has_stopped_too(stage: Stage) -> None:
    """No child of a program that forks without end escapes its stop."""
    place, program = begun(stage, FORKS)
    for _ in range(20):
        place.stop(program)
        before = threads.snapshot(program.pids())
        assert {thread.call for thread in before} == {"stopped"}
        assert threads.snapshot(program.pids()) == before
        place.go_on(program)


def test_a_blocked_program_goes_on_where_it_was(warm: Stage) -> None:
    """A line that was typed meanwhile is read afterwards."""
    place, program = warm.start("print(input())\n")
    until(program, lambda: any(at_keyboard(program, t) for t in threads.snapshot(program.pids())))
    place.stop(program)
    program.type("line")
    place.go_on(program)
    assert program.wait_ended(60)
    assert program.stdout == b"line\n"
