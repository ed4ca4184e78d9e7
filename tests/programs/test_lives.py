"""A program behaves as under the plain interpreter, whatever it does and however it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_sockets.programs.program import Program
from pytest_sockets.wire.transcript import Transcript

from .conftest import Make
from .lives import LIVES
from .steps import Stage, calls, ended, interpreter, until

LINES = "one", "two", "three"


def plain(python: str, path: Path) -> tuple[int, bytes, bytes]:
    """Return status, output and errors of the program under the plain interpreter."""
    ran = subprocess.run(
        [python, "-u", str(path)],
        cwd=path.parent,
        input="".join(line + "\n" for line in LINES).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:backslashreplace", "NO_COLOR": "1"},
        check=False,
    )
    return ran.returncode, ran.stdout, comparable(ran.stderr, path.parent)


def comparable(errors: bytes, folder: Path) -> bytes:
    """Return what was printed without what differs from run to run."""
    errors = errors.replace(str(folder).encode() + b"/", b"")
    return re.sub(rb"0x[0-9a-f]+", b"0x", errors)


def outcome(program: Program, folder: Path) -> tuple[int | None, bytes, bytes]:
    """Return status, output and errors of the program as we ran it."""
    return program.status, program.stdout, comparable(program.stderr, folder)


def lived(stage: Stage, content: str) -> tuple[int | None, bytes, bytes]:
    """Run the program with LINES on its keyboard."""
    place, program = stage.start(content)
    for line in LINES:
        program.type(line)
    ended(program)
    return outcome(program, place.folder.work)


@pytest.mark.parametrize("life", LIVES)
def test_a_program_lives_as_under_the_plain_interpreter(stage: Stage, life: str) -> None:
    """Output, errors and exit status are the same, forked and spawned."""
    path = stage.write("program.py", LIVES[life])
    expected = plain(sys.executable, path)

    assert lived(stage, LIVES[life]) == expected


@pytest.mark.parametrize("life", LIVES)
def test_lives_are_the_same_in_every_version(
    version: str, life: str, runners: Make, tmp_path: Path
) -> None:
    """What Python 3.8 prints differs from what 3.13 prints, and ours with it."""
    stage = Stage(runners("forked", version), tmp_path)
    expected = plain(interpreter(version) or "", stage.write("program.py", LIVES[life]))
    try:
        assert lived(stage, LIVES[life]) == expected
    finally:
        stage.close()


def test_each_program_draws_random_numbers_of_its_own(stage: Stage) -> None:
    """Although ``random`` was there before the program was: nobody can know what it draws."""
    drawn = {stage.run("import random\nprint(random.random())\n").stdout for _ in range(3)}

    assert len(drawn) == 3
    assert b"" not in drawn


SOURCES = {
    "gbk": "# -*- coding: gbk -*-\nprint('你好')\n".encode("gbk"),
    "byte_order_mark": b"\xef\xbb\xbfprint('hello')\n",
    "carriage_returns": b"if True:\r\n    print('hello')\r\n",
    "tabs": b"if True:\n\tprint('hello')\n",
    "no_last_newline": b"print('hello')",
    "chinese": "名字 = '你好'\nprint(名字)\n".encode(),
    "empty": b"",
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_encoding_of_a_source_is_read(stage: Stage, source: str) -> None:
    """Coding cookies, byte order marks and line ends are Python's to read."""
    path = stage.write("program.py", SOURCES[source])
    expected = plain(sys.executable, path)
    place, program = stage.start(SOURCES[source])

    assert outcome(ended(program), place.folder.work) == expected
    assert expected[0] == 0


def test_indentation_errors_name_the_line(stage: Stage) -> None:
    """A source that does not compile ends with status 1 and its own line, not ours."""
    program = stage.run("def f():\nprint(1)\n")

    assert program.status == 1
    assert b"line 2\n    print(1)\n" in program.stderr
    assert b"IndentationError" in program.stderr
    assert b"Traceback" not in program.stderr


@pytest.mark.parametrize("name", ["queue", "random", "trace", "site_", "run", "channel", "streams"])
def test_a_students_own_module_wins(stage: Stage, name: str) -> None:
    """A file beside the script is found before a module of ours or a preloaded one."""
    stage.write(f"{name}.py", "mine = 'the student'\n")
    program = stage.run(f"import {name}\nprint({name}.mine)\n")

    assert program.stdout == b"the student\n"


def test_a_students_site_module_changes_nothing(stage: Stage) -> None:
    """The interpreter has loaded its own site when the program begins, as ever."""
    stage.write("site.py", "mine = 'the student'\n")

    assert stage.run("import site\nprint(hasattr(site, 'mine'))\n").stdout == b"False\n"


def test_a_folder_that_is_no_package_shadows_nothing(stage: Stage) -> None:
    """A folder named socket beside the script leaves the sockets mapped."""
    stage.write("socket/notes.txt", "hello")
    program = stage.run(
        "import socket\ns = socket.socket()\ns.bind(('192.168.1.5', 80))\nprint('bound')\n"
    )

    assert program.stdout == b"bound\n"


def test_files_beside_the_program_are_there(stage: Stage) -> None:
    """They are read by a relative name and by the program's own folder."""
    stage.write("data/text.txt", "hello")
    program = stage.run(
        "import os\n"
        "print(open('data/text.txt').read())\n"
        "here = os.path.dirname(os.path.abspath(__file__))\n"
        "print(open(os.path.join(here, 'data', 'text.txt')).read())\n"
    )

    assert program.stdout == b"hello\nhello\n"


def test_what_a_program_writes_stays_out_of_the_homework(stage: Stage) -> None:
    """It works on copies: the student's folder is left as it was."""
    stage.write("text.txt", "before")
    stage.run("import sys\nopen('text.txt', 'w').write('after')\nopen('new', 'w')\n")

    assert sorted(path.name for path in stage.folder.iterdir()) == ["program.py", "text.txt"]
    assert (stage.folder / "text.txt").read_text() == "before"


def test_a_module_of_a_package_may_import_its_neighbours(stage: Stage) -> None:
    """pkg.mod runs as ``python -m pkg.mod``: relative imports work."""
    stage.write("pkg/__init__.py", "print('package', __name__)\n")
    stage.write("pkg/other.py", "value = 3\n")
    stage.write("pkg/mod.py", "from . import other\nprint(__name__, __package__, other.value)\n")
    program = ended(stage.place("pkg.mod").start(Transcript()))

    assert program.stdout == b"package pkg\n__main__ pkg 3\n", program.stderr


def test_a_functions_traceback_begins_with_the_function(stage: Stage) -> None:
    """Neither the import of its module nor its call shows a frame of ours."""
    stage.write("hw.py", "def tcp_echo_server(host, port):\n    1/0\n")
    program = ended(stage.place("hw:tcp_echo_server").start(Transcript()))

    assert program.status == 1
    lines = program.stderr.decode().splitlines()
    assert lines[0].startswith("Traceback")
    assert 'hw.py", line 2, in tcp_echo' in lines[1]


def test_a_question_is_told_with_its_line(stage: Stage) -> None:
    """The trace says that the program asks, with what prompt and where, before a line is typed."""
    _, program = stage.start("x = 1\nname = input('name? ')\n")
    until(program, lambda: any(call.call == "input" for call in calls(program)))
    (asks,) = calls(program)

    assert (asks.file, asks.line, asks.arguments, asks.entered) == (
        "program.py", 2, "'name? '", True
    )  # fmt: skip
    program.type("Ann")
    assert [call.result for call in calls(ended(program))] == ["", "'Ann'"]


def test_reading_sys_stdin_is_told_as_a_question(stage: Stage) -> None:
    """readline, iteration and read wait for the keyboard like input does."""
    _, program = stage.start("import sys\nsys.stdin.readline()\nsys.stdin.read()\n")
    until(program, lambda: calls(program))
    program.type("one")
    until(program, lambda: [call.entered for call in calls(program)] == [True, False, True])

    assert [call.line for call in calls(program)] == [2, 2, 3]
