"""Ctrl-C: the first is an exception that is never lost, the second the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

BEGIN = """\
import os, signal
from pytest_sockets.interrupts import interruptible

try:
    with interruptible(lambda: os.write(1, b"kept\\n")):
        try:
            {does}
        finally:
            {clears}
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
LOSES = """\
import signal

class Loses:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

"""

LINELESS = """\
def kills():
    os.kill(os.getpid(), signal.SIGINT)
    return [each for each in range(100)]

kills.__code__ = kills.__code__.replace({table}=b"")
try:
    kills()
    input()
except KeyboardInterrupt as interrupt:
    last = interrupt.__traceback__
    while last.tb_next:
        last = last.tb_next
    print("interrupted", last.tb_lineno is not None)
"""
ONLY_AT_LINES = """import os, signal
from pytest_sockets.interrupts import only_at_lines

end = only_at_lines()
"""

LOST_AT_FIRST = """\
import signal

def first(*_):
    signal.pthread_kill = real

real, signal.pthread_kill = signal.pthread_kill, first

"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent to a process")


def start(does: str, clears: str = "pass", before: str = "") -> subprocess.Popen[str]:
    """Start a program that ``does`` something which can be interrupted, and then ``clears``."""
    program = before + BEGIN.format(does=does, clears=clears)
    return subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip


def told(process: subprocess.Popen[str]) -> str:
    """Return the next line that the program prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_first_ctrl_c_is_an_exception() -> None:
    """What it interrupts can clear away and say what is kept."""
    with start("print('works', flush=True); input()", "print('clears', flush=True)") as process:
        assert told(process) == "works"
        process.send_signal(signal.SIGINT)
        assert (told(process), told(process)) == ("clears", "interrupted")
        assert process.wait() == 0


def test_the_second_ends_the_process_at_once() -> None:
    """Also while the first one is cleared away, with the status that shells have for it."""
    wait = "print('clears', flush=True); input()"
    with start("print('works', flush=True); input()", wait) as process:
        assert told(process) == "works"
        process.send_signal(signal.SIGINT)
        assert told(process) == "clears"
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate()
    assert (process.returncode, out, errors) == (130, "kept\n", "")


def test_a_ctrl_c_that_python_would_lose_comes_again() -> None:
    """An exception in a finalizer is only printed by Python, and the work would go on."""
    with start("Loses(); input()", before=LOSES) as process:
        assert told(process) == "interrupted"
        out, errors = process.communicate()
    assert (process.returncode, out, errors) == (0, "", "")


def run(program: str) -> str:
    """Return what a program prints that reads its keyboard until it is interrupted."""
    words = [sys.executable, "-c", program]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as done:
        assert done.stdout is not None
        return done.stdout.read()


def test_a_ctrl_c_between_two_lines_comes_at_one() -> None:
    """Python tells it where there is no line, and pytest could not show that."""
    lineless = LINELESS.format(table="co_linetable")
    always_a_line = sys.version_info < (3, 11)
    assert run("import os, signal\n" + lineless) == f"interrupted {always_a_line}\n"
    assert run(ONLY_AT_LINES + lineless) == "interrupted True\n"


def test_one_that_comes_again_does_so_until_it_is_heard() -> None:
    """Python may hear a signal as a wait begins, and then that wait goes on."""
    lineless = LINELESS.format(table="co_linetable")
    assert run(LOST_AT_FIRST + ONLY_AT_LINES + lineless) == "interrupted True\n"
    with start("Loses(); input()", before=LOST_AT_FIRST + LOSES) as process:
        assert told(process) == "interrupted"
        out, errors = process.communicate()
    assert (process.returncode, out, errors) == (0, "", "")


def test_one_that_was_lost_comes_at_the_end() -> None:
    """Where the work is done meanwhile, that is where it is told, and only there."""
    with start("Loses()", before=LOST_AT_FIRST + LOSES) as process:
        assert told(process) == "interrupted"
        out, errors = process.communicate()
    assert (process.returncode, out, errors) == (0, "", "")
    lineless = LINELESS.format(table="co_linetable").replace("input()", "end()")
    ends = f"{LOST_AT_FIRST}{ONLY_AT_LINES}{lineless}"
    assert run(ends) == "interrupted True\n"


def test_what_ctrl_c_means_otherwise_is_left_alone() -> None:
    """Who has another handler keeps it, and afterwards everything is as it was."""
    ends = "end(); print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert run(f"{ONLY_AT_LINES}{ends}") == "True\n"
    other = "import signal\nsignal.signal(signal.SIGINT, print)\n"
    kept = "print(signal.getsignal(signal.SIGINT) is print)"
    assert run(
        f"{other}{ONLY_AT_LINES}{kept}\n{ends.replace('default_int_handler', 'SIG_DFL')}"
    ) == ("True\nFalse\n")


def test_what_takes_a_moment_is_finished_first() -> None:
    """The first Ctrl-C is only heard, the second an exception, and then all is as before."""
    program = """\
import signal
from pytest_sockets.interrupts import put_off

with put_off() as heard:
    print(heard.is_set())
    signal.raise_signal(signal.SIGINT)
    print(heard.is_set())
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        print("interrupted")
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""
    assert run(program) == "False\nTrue\ninterrupted\nTrue\n"


def test_ctrl_c_that_is_ignored_stays_so() -> None:
    """As with nohup: nothing hears it."""
    program = """\
import signal
from pytest_sockets.interrupts import put_off

signal.signal(signal.SIGINT, signal.SIG_IGN)
with put_off() as heard:
    signal.raise_signal(signal.SIGINT)
    print(heard.is_set())
"""
    assert run(program) == "False\n"
