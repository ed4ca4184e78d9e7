"""A function that is not there, or does not come back, is told with the reason."""

from __future__ import annotations

import pytest

from pytest_sockets import Finding, TargetError
from pytest_sockets.findings import Accusation

from .functions import Files, files

__all__ = ["files"]

DOUBLE = "def twice(value):\n    return value * 2\n"
SCRIBBLES = """\
import contextlib
import os


def twice(value):
    for fd in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(fd, {written!r})
    return value * 2
"""


def accused(kind: type[Accusation], text: str, files: Files) -> Accusation:
    """Return what is said of the function that ``text`` defines, or does not define."""
    with files.text(text) as function, pytest.raises(kind) as caught:
        function.call(7)
    return caught.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it defines no function"),
        ("def double(a):\n    0\n\n\ndef half(a):\n    0\n", "it defines double, half"),
        ("from os.path import join\n", "it defines no function"),
        ("twice = 14\n", "twice is a value of type int, not a function"),
        ("twice = None\n", "it defines no function"),
        ("async def twice(value):\n    return 14\n", "it is a coroutine function"),
        ("def twice():\n    return 14\n", "it takes ()"),
        ("def twice(value, other):\n    return 14\n", "it takes (value, other)"),
        ("def twice(*, value):\n    return 14\n", "it takes (*, value)"),
    ],
)
def test_what_is_no_such_function_is_told(text: str, told: str, files: Files) -> None:
    """Beside what the contract asks for."""
    said = accused(TargetError, text, files)
    assert str(said.expected) == "hw.py has a function twice(value) that can be imported"
    assert told in str(said.observed)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("async def twice(value):\n    return 14\n", "begin the function with: def twice(value):"),
        ("def twice():\n    return 14\n", "begin the function with: def twice(value):"),
        ("twice = 14\n", "give the value another name: twice is the name of the function."),
        ("input()\n", "leave def twice(value): at the top level, and write the rest below "),
        ("import no_such_module\n", "None"),
    ],
)
def test_what_to_do_about_it_is_told(text: str, advice: str, files: Files) -> None:
    """The behaviour's hint is about values, and there are none yet."""
    said = accused(TargetError, text, files)
    assert str(said.advice).startswith(advice)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("input('value: ')\n", "the program waits for the keyboard (hw.py:1)"),
        ("raise SystemExit(3)\n", "the program ended with status 3"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_what_runs_then(
    text: str, told: str, files: Files
) -> None:
    """Everything at its top level does."""
    said = accused(TargetError, text + DOUBLE, files)
    assert told in str(said.observed)
    assert '__name__ == "__main__"' in str(said.because)


@pytest.mark.parametrize("text", ["1 / 0\n", "def twice(value)\n    return 14\n"])
def test_a_file_that_crashes_is_told_with_its_error(text: str, files: Files) -> None:
    """The error says all there is to say."""
    said = accused(TargetError, text, files)
    assert "the program crashed: " in str(said.observed)
    assert said.because is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("value = input()", "the program waits for the keyboard (hw.py:2)"),
        ("exit('no')", "it raised SystemExit: no (hw.py:2)"),
        ("import os; os._exit(3)", "the program ended with status 3"),
        ("twice(value)", "it raised RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_a_function_that_does_not_come_back_is_told_why(body: str, told: str, files: Files) -> None:
    """The cause is the student's, and so is the line."""
    said = accused(Finding, f"def twice(value):\n    {body}\n", files)
    assert told in str(said.observed)


@pytest.mark.parametrize("wait", ["while value: pass", "import time; time.sleep(1000)"])
def test_a_function_that_runs_on_is_told_with_its_line(wait: str, files: Files) -> None:
    """It is asked where it is; that it never comes back rests on a deadline."""
    said = accused(Finding, f"def twice(value):\n    {wait}\n", files)
    assert "(hw.py:2)" in str(said.observed)
    assert said.rests_on_deadline


def test_a_function_that_closes_all_descriptors_is_accused(files: Files) -> None:
    """Ours is among them; the error is the program's all the same."""
    text = "import os\n\n\ndef twice(value):\n    os.closerange(3, 64)\n"
    with files.text(text) as function:
        with pytest.raises(Finding, match="the program ended with status 1"):
            function.call(7)
        assert b"a descriptor was closed that the program had not opened" in function.program.stderr


@pytest.mark.parametrize("written", [b"{}\n", b"[1]\n", b"nonsense\n", b"[" * 5000 + b"\n"])
def test_a_function_that_writes_to_all_descriptors_is_accused(written: bytes, files: Files) -> None:
    """What is no answer is never taken for one, nor for an error of ours."""
    said = accused(Finding, SCRIBBLES.format(written=written), files)
    assert str(said.observed) == "it wrote into the connection that its values are told through"


def test_a_second_connection_is_not_taken_for_ours(files: Files) -> None:
    """The file may connect to whatever it likes when it is imported."""
    text = "import socket\n\ns = socket.socket()\ns.connect_ex(('127.0.0.1', 1))\n\n\n"
    with files.text(text + DOUBLE) as function:
        function.expect(14, 7)
