"""Whatever is wrong is said in one message, with the right exit status.

It is 4 where the command line has to be mended. Where the program has, it is 1,
with a complete scorecard.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from facilities import proved
from homework import HELLO, HELLO_SCRIPT, PERFECT, SHOUT, SHOUTING
from running import Folder, Run

STARTUP = Path(__file__).parent / "mistakes" / "startup"
HELLO_SERVER = ("--exercise", "tcp-hello", "--role", "server")
REMOVES = """\
import shutil

def pytest_runtest_logreport(report):
    shutil.rmtree("reports", ignore_errors=True)
"""
"""A plugin that makes the report's folder disappear while behaviours are judged."""


def no_traceback_of_ours(run: Run) -> bool:
    """Tell whether nothing that was printed is a traceback through the harness."""
    return not any(word in run.said for word in ("INTERNALERROR", "pytest_sockets/", "_pytest/"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target=nope.py"], "nope.py does not exist in "),
        (["--target=sub"], "nothing tells the exercise of server.py in sub: add --exercise NAME"),
        (["--target=binary.py"], "binary.py is no text file: it holds binary data"),
        (["--target=a.out"], "a.out is no Python script"),
        (["--target=server.py", "--exercise=tcp-ech"], "there is no exercise tcp-ech; there are "),
        (["--target=server.py"], "nothing tells the exercise of server.py: it listens on a TCP"),
        (["--target=server.py", "--role=pair"], "invalid choice: 'pair'"),
        (["--target=server.py", "--exercise=shout.py", "--role=client"], "has no role client"),
        (["--target=server.py", "--sockets-report=json=no/x.json"], "name a file in a folder that"),
        (["--target=server.py", "--sockets-report=json=sub"], "sub can't be written (Is a direct"),
        (["--target=server.py", "--sockets-report=x.json"], "(formats: json, html, gradescope, cl"),
        (["--target=server.py", "--sockets-report=pdf=x.pdf"], "--sockets-report is FORMAT=PATH"),
        (["--target=server.py", "--sockets-python=nope"], "nope is no Python interpreter"),
        (["--target=server.py", "--sockets-python=./server.py"], "is no Python interpreter"),
        (["--target=server.py", "--sockets-fail-under=101"], "a percentage from 0 to 100, not 101"),
    ],
)
def test_bad_use_ends_with_one_message_and_status_4(
    arguments: list[str], told: str, folder: Folder
) -> None:
    """Nothing runs, nothing is printed but what to do about it."""
    folder.write("server.py", PERFECT)
    folder.write("shout.py", SHOUT)
    folder.write("sub/server.py", "")
    folder.write("binary.py", b"\x7fELF\x02\0")
    folder.write("a.out", b"\x7fELF\x02\0")
    run = folder.pytest(*arguments)
    assert (run.status, run.out.strip()) == (4, "")
    assert told in run.err
    assert no_traceback_of_ours(run)


@pytest.mark.parametrize("name", ["target", "exercise", "role"])
def test_bad_ini_options_are_bad_use_too(name: str, folder: Folder) -> None:
    """The message is the same as for the command line."""
    good = {"target": "server.py", "exercise": "tcp-hello", "role": "server"}
    folder.write("server.py", HELLO_SCRIPT)
    lines = [f"{key} = {value if key != name else 'nope'}" for key, value in good.items()]
    folder.write("pytest.ini", "\n".join(["[pytest]", *lines]))
    run = folder.pytest()
    assert run.status == 4
    assert "nope" in run.err
    assert no_traceback_of_ours(run)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("syntax_error", "SyntaxError: expected ':'"),
        ("python_2", "SyntaxError: Missing parentheses in call to 'print'"),
        ("raises_at_import", "ValueError: invalid literal for int()"),
        ("missing_module", "ModuleNotFoundError: No module named 'my_socket_tools'"),
        ("base_exception", "Stop: done"),
        ("keyboard_interrupt", "KeyboardInterrupt"),
        ("exits_at_once", "the program ended with status 0"),
        ("exits_with_status_3", "the program ended with status 3"),
        ("os_exit", "the program ended with status 0"),
        ("listens_without_bind", "which the system chose: no fixed address was bound"),
        ("prints_without_end", "the program prints without end"),
        ("asks_for_ever", "it waits for a line from the keyboard first"),
        ("computes_for_ever", "the program keeps computing"),
        pytest.param("sleeps_for_ever", "the program is asleep", marks=proved),
    ],
)
def test_a_program_that_never_serves_scores_zero_of_all(
    name: str, told: str, folder: Folder
) -> None:
    """Every behaviour is there, one failed and says why, the others are blocked by it."""
    folder.write("hw.py", (STARTUP / f"{name}.py").read_bytes())
    run = folder.grade("--target=hw.py", *HELLO_SERVER)
    first, *others = run.card["results"]
    assert (run.status, run.card["score"], run.card["max_score"]) == (1, 0, 100)
    assert (run.card["complete"], first["outcome"]) == (True, "failed")
    assert told in first["observed"]
    assert {(result["outcome"], result["blocked_by"]) for result in others} == {
        ("blocked", first["id"])
    }
    assert " ".join(told.split()) in " ".join(run.out.split())
    assert no_traceback_of_ours(run)


def test_a_program_that_does_not_compile_is_shown_its_line(folder: Folder) -> None:
    """The interpreter's own words, with the file as the student knows it."""
    folder.write("hw.py", "import socket\n\nwhile True\n    pass\n")
    run = folder.pytest("--target=hw.py", *HELLO_SERVER)
    assert "  try        mend this error first: stderr names its file and line" in run.out
    shown = [line.partition("│")[2].strip() for line in run.out.split("\n") if "│" in line]
    place = shown.index('File "hw.py", line 3')
    assert shown[place + 1 : place + 4] == ["while True", "^", "SyntaxError: expected ':'"]


def test_a_function_in_a_file_that_does_not_compile_scores_zero(folder: Folder) -> None:
    """It cannot be read, but it was named."""
    folder.write("mine.py", HELLO + "\nwhile True\n")
    run = folder.grade("--target=mine:serve", *HELLO_SERVER)
    assert (run.status, run.card["score"], run.card["max_score"]) == (1, 0, 100)
    assert "SyntaxError" in run.card["results"][0]["observed"]


@pytest.mark.parametrize("workers", [[], ["-n2"]])
def test_a_report_that_can_no_longer_be_written_costs_the_status(
    workers: list[str], folder: Folder
) -> None:
    """The results are printed all the same."""
    folder.write("server.py", PERFECT)
    folder.write("shout.py", SHOUT)
    folder.write("removes.py", REMOVES)
    folder.write("reports/old.json", "")
    options = ["-p", "removes", "--sockets-report=json=reports/x.json", *workers]
    run = folder.pytest("--target=server.py", *SHOUTING, *options)
    assert run.status == 1
    assert "x.json could not be written: No such file or directory" in run.out
    assert "100 of 100" in run.out
    assert no_traceback_of_ours(run)


def test_a_report_that_was_there_survives_bad_use(folder: Folder) -> None:
    """What can't be graded overwrites nothing."""
    folder.write("result.json", "old")
    assert folder.grade("--target=nope.py").status == 4
    assert (folder.path / "result.json").read_text() == "old"
