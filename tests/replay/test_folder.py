"""``--sockets-replay FOLDER`` as a student uses it: names, whose files, which status."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from corpus import HERE
from running import Folder

SLUGS = ("returns-a-long-message-whole", "returns-every-message")
NAMES = {f"tcp-echo-server-{slug}.py" for slug in SLUGS}
SEED = ("--sockets-seed", "7")


@pytest.fixture
def homework(folder: Folder) -> Folder:
    """A folder with an echo server that receives once."""
    mistake = HERE / "mistakes" / "tcp-echo" / "server" / "receives_once.py"
    folder.write("server.py", mistake.read_bytes())
    return folder


ECHO = ("--target", "server.py", "--exercise", "tcp-echo", *SEED)

FIN, RST = "the end of the stream", "a reset of the connection (RST)"


def names(path: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {each.name for each in path.iterdir()}


def test_each_failure_has_a_script_by_its_name(homework: Folder) -> None:
    """Exercise, role and behaviour name it, and the terminal says where it is."""
    run = homework.pytest(*ECHO, "--sockets-replay", "again")
    assert names(homework.path / "again") == NAMES
    assert "replay: 2 scripts in " in run.said
    assert run.status == 1


def test_workers_of_xdist_write_the_same(homework: Folder) -> None:
    """The scripts are written once, by the process that has all results."""
    for place, words in {"alone": (), "together": ("-n", "2")}.items():
        homework.pytest(*ECHO, "--sockets-replay", place, *words)
    alone, together = homework.path / "alone", homework.path / "together"
    assert names(alone) == names(together) == NAMES
    for name in NAMES:
        one, other = ((at / name).read_text("utf-8") for at in (alone, together))
        # It closes with a message on its way to it: which of the two comes of that is a race.
        one, other = (each.replace(RST, FIN) for each in (one, other))
        assert one.replace("alone", "together") == other


def test_without_a_failure_there_is_no_script(homework: Folder) -> None:
    """A correct program has nothing to be repeated."""
    right = HERE.parent / "reference" / "tcp_echo_server.py"
    homework.write("server.py", right.read_bytes())
    run = homework.pytest(*ECHO, "--sockets-replay", "again", "-k", "returns")
    assert names(homework.path / "again") == set()
    assert "replay" not in run.said
    assert run.status == 0


def test_our_own_script_is_replaced_and_a_foreign_file_stays(homework: Folder) -> None:
    """A name that is taken by somebody's own file is told."""
    foreign, ours = (f"again/tcp-echo-server-{slug}.py" for slug in SLUGS)
    homework.pytest(*ECHO, "--sockets-replay", "again")
    before = (homework.path / ours).read_text("utf-8")
    homework.write(foreign, "mine = True\n")
    homework.write(ours, before + "\n# of an earlier run\n")
    run = homework.pytest(*ECHO, "--sockets-replay", "again")
    assert (homework.path / foreign).read_text("utf-8") == "mine = True\n"
    after = (homework.path / ours).read_text("utf-8")
    assert after.replace(RST, FIN) == before.replace(RST, FIN)
    assert "no replay of tcp-echo-server/returns-a-long-message-whole" in run.said
    assert "replay: 1 script in " in run.said


def test_scripts_of_several_programs_are_named_by_them(homework: Folder) -> None:
    """One must not take the other's place."""
    homework.write("other.py", (homework.path / "server.py").read_bytes())
    homework.pytest("--target", "other.py", *ECHO, "--sockets-replay", "again", "-k", "every")
    every = "tcp-echo-server-returns-every-message.py"
    assert names(homework.path / "again") == {f"other-{every}", f"server-{every}"}


def test_a_folder_that_is_a_file_is_bad_use(homework: Folder) -> None:
    """Status 4 and one message, before anything runs."""
    run = homework.pytest(*ECHO, "--sockets-replay", "server.py")
    assert run.status == 4
    assert "--sockets-replay" in run.err
    assert "Traceback" not in run.said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_can_not_be_written_is_bad_use(homework: Folder) -> None:
    """The rights of the folder are looked at before anything runs."""
    (homework.path / "theirs").mkdir(mode=0o500)
    run = homework.pytest(*ECHO, "--sockets-replay", "theirs/again")
    assert run.status == 4
    assert "can't hold files" in run.err
