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
