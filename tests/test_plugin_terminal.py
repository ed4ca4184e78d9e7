"""What a student reads: it fits, it can be printed anywhere, and it can be repeated."""

from __future__ import annotations

import re
import shlex

import pytest
from homework import DEAF_TO_DIGITS, HELLO, MUTE, PERFECT, SHOUT, SHOUTING
from running import Folder, Run

from pytest_sockets.reports.wording import width

SERVER = ("--target=server.py", *SHOUTING)
ESCAPE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with the exercise and a wrong program in it."""
    folder.write("shout.py", SHOUT)
    folder.write("server.py", DEAF_TO_DIGITS)
    return folder


def commands(run: Run) -> list[list[str]]:
    """Return the commands that the report says repeat a failure, as a shell reads them."""
    lines = [line.strip().removeprefix("again").strip() for line in run.out.split("\n")]
    return [shlex.split(line) for line in lines if line.startswith("pytest --target")]


def timeless(observed: str) -> str:
    """Return ``observed`` without the seconds that somebody was listened to."""
    return re.sub(r"[\d.]+ s\b", "… s", observed)


@pytest.mark.parametrize(
    "options", [[], ["-v"], ["-vv"], ["-q"], ["-qq"], ["--sockets-show-exchange"]]
)
def test_the_report_fits_into_80_columns(options: list[str], shouting: Folder) -> None:
    """Only a command that is there to be copied may be longer, and pytest's own lines."""
    run = shouting.pytest(*SERVER, *options)
    report = run.out[run.out.index("tcp-shout") :].split("\n")
    long = [line for line in report if width(line) > 80 and not line.startswith("  pytest ")]
    assert [line for line in long if "::" not in line] == []
    assert run.status == 1


def test_quiet_is_a_line_for_each_failure_and_the_sum(shouting: Folder) -> None:
    """And what pytest itself says."""
    run = shouting.pytest(*SERVER, "-q")
    told = [line for line in run.out.split("\n") if line.strip()]
    assert [line[:34] for line in told[1:3]] == [
        "✗ tcp-shout-server/leaves-digits-a",
        "✗ tcp-shout-server/whispers-back: ",
    ]
    assert told[3].startswith("tcp-shout server   60 of 100")
    assert told[-1].startswith("2 failed, 1 passed, 1 info in ")


def test_verbose_names_each_behaviour_and_why_it_matters(shouting: Folder) -> None:
    """With -v pytest has a line for each, with the outcome that it came to."""
    run = shouting.pytest(*SERVER, "-v")
    assert re.search(r"^server\.py::tcp-shout-server/shouts PASSED ", run.out, re.MULTILINE)
    assert re.search(r"^server\.py::tcp-shout-server/knows-german INFO ", run.out, re.MULTILINE)
    assert "A shout is what was said, in capitals." in run.out


def test_below_the_rootdir_names_are_as_they_were_written(shouting: Folder) -> None:
    """Paths are shown as seen from where it was started."""
    shouting.write("pytest.ini", "[pytest]\n")
    shouting.write("sub/server.py", MUTE)
    run = shouting.pytest("--target=server.py", "--exercise=../shout.py", "-v", at="sub")
    assert re.search(r"^server\.py::tcp-shout-server/shouts FAILED ", run.out, re.MULTILINE)
    assert re.search(r"^server\.py::tcp-shout-server/knows-german BLOCKED ", run.out, re.MULTILINE)


def test_colour_changes_nothing_but_colour(shouting: Folder) -> None:
    """Without a terminal there is none, unless it is asked for."""
    plain = shouting.pytest(*SERVER, "--color=no").out
    painted = shouting.pytest(*SERVER, "--color=yes").out
    assert ("\x1b" in plain, "\x1b[31m" in painted) == (False, True)
    marks = [line.split("   ")[0] for line in plain.split("\n") if line[:3] in ("  ✓", "  ✗")]
    assert [mark for mark in marks if mark not in ESCAPE.sub("", painted)] == []


def test_an_ascii_terminal_is_drawn_for_in_ascii(shouting: Folder) -> None:
    """Marks and arrows have another form, and what has none is escaped letter by letter."""
    folder = shouting
    folder.write("服务器.py", MUTE)
    env = {"PYTHONIOENCODING": "ascii"}
    run = folder.pytest("--target=服务器.py", *SHOUTING, env=env)
    assert run.status == 1
    assert run.said.isascii()
    marked = [line for line in run.out.split("\n") if line.startswith(("  x ", "  - "))]
    assert [line[4:9] for line in marked] == ["Answe", "Leave", "Retur", "Knows"]
    assert r"\u670d\u52a1\u5668.py" in run.out


def test_a_chinese_terminal_keeps_its_letters(shouting: Folder) -> None:
    """Where the encoding has Chinese letters but no marks, only the marks change."""
    shouting.write("服务器.py", MUTE)
    process = shouting.start("--target=服务器.py", *SHOUTING, env={"PYTHONIOENCODING": "gbk"})
    with process:
        out = process.communicate()[0].decode("gbk")
    assert "服务器.py   its address" in out
    assert "  x Answers in capitals" in out


@pytest.mark.parametrize(
    ("name", "module"),
    [("server.py", ""), ("我的 作业/it's a server.py", ""), ("mine.py", "mine:serve")],
)
def test_the_printed_command_repeats_the_failure(name: str, module: str, shouting: Folder) -> None:
    """The same behaviour, with the same payloads and the same observation, and nothing else."""
    spec = module or name
    shouting.write(name, HELLO if module else MUTE)
    options = ("--exercise=tcp-hello", "--role=client") if module else ("--exercise=./shout.py",)
    first = shouting.grade("--target", spec, *options)
    failed = [result for result in first.card["results"] if result["outcome"] == "failed"]
    found = commands(first)
    assert len(found) == len(failed) > 0
    again = shouting.grade(*found[0][1:])
    repeated = [result for result in again.card["results"] if result["outcome"] == "failed"]
    assert [result["id"] for result in repeated] == [failed[0]["id"]]
    assert repeated[0]["expected"] == failed[0]["expected"]
    assert timeless(repeated[0]["observed"]) == timeless(failed[0]["observed"])
    assert failed[0]["title"] in again.out


def test_the_printed_command_names_the_interpreter_that_was_asked_for(shouting: Folder) -> None:
    """A program may fail on one version of Python only."""
    run = shouting.pytest(*SERVER, "--sockets-python=python3")
    assert all("--sockets-python python3 -k" in " ".join(words) for words in commands(run))
    assert len(commands(run)) == 2


def test_help_shows_every_option(folder: Folder) -> None:
    """In a group of their own, each with a line of help."""
    said = folder.pytest("--help").out
    group = said[said.index("grading network programs (pytest-sockets):") :]
    for option in ("--target=SPEC", "--exercise=NAME|PATH.py", "--role={server,client,function}",
                   "--sockets-report=FORMAT=PATH", "--sockets-seed=N",
                   "--sockets-fail-under=PERCENT", "--sockets-python=PATH",
                   "--sockets-show-exchange"):  # fmt: skip
        assert option in group


def test_the_header_says_how_to_repeat_the_run(shouting: Folder) -> None:
    """The seed is printed, whether it was given or drawn."""
    assert "sockets: seed 4711, silence is " in shouting.pytest(*SERVER).out
    shouting.write("server.py", PERFECT)
    run = shouting.grade("--target=server.py", "--exercise=shout.py")
    assert f"sockets: seed {run.document['seed']}, " in run.out
    assert f"seed {run.document['seed']}\n" in run.out


def test_the_exchange_of_what_passed_is_shown_on_demand(shouting: Folder) -> None:
    """Otherwise a success takes one line."""
    shouting.write("server.py", PERFECT)
    assert "peer" not in shouting.pytest(*SERVER).out
    assert "── b'quiet' ──" in shouting.pytest(*SERVER, "--sockets-show-exchange").out
