"""Which lines of a program are shown as evidence, whatever its files are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_sockets.evidence import (
    MOST_BYTES,
    lines,
    of_another_client,
    other_encoding,
    recv_sizes,
)
from pytest_sockets.findings import Finding
from pytest_sockets.messages import message
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Called, Opened, Sent


def target(folder: Path) -> Target:
    """Return the program in ``folder``."""
    return Target(spec="server.py", kind="script", name="server", root=folder)


def called(line: int, file: str = "server.py") -> Called:
    """Return a recv of the program's, as its trace could tell of it."""
    return Called(call="recv", arguments="1024", result="b''", file=file, line=line, flow="in")


def test_a_line_is_the_one_that_python_counts(tmp_path: Path) -> None:
    """A form feed, and other signs that separate lines elsewhere, are a part of their line."""
    (tmp_path / "server.py").write_text(
        "import socket\n\f\nx = '\x1c\u2028\x85'\ndata = recv(1024)\n"
    )
    (line,) = lines([called(4)], target(tmp_path))
    assert line.source == "data = recv(1024)"


@pytest.mark.parametrize("file", ["a\0b", "no/such/file.py", "..", "x" * 300, "\udc80.py"])
def test_a_name_that_is_no_file_s_has_no_lines(file: str, tmp_path: Path) -> None:
    """The trace is the program's own word: any name may stand in it."""
    (line,) = lines([called(1, file)], target(tmp_path))
    assert line.source == ""


def test_what_is_no_program_is_not_read(tmp_path: Path) -> None:
    """Who reads a pipe waits for ever, and who reads everything needs memory for it."""
    (tmp_path / "long.py").write_bytes(b"a = 1\n" * MOST_BYTES)
    names = ["long.py"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.py")
        names.append("pipe.py")
    for name in names:
        assert [line.source for line in lines([called(1, name)], target(tmp_path))] == [""]


def test_a_link_shows_nothing_that_lies_outside_of_the_program_s_folder(tmp_path: Path) -> None:
    """Who forges a trace, and hands in a link, is not shown what only the grader may read."""
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "secret.txt").write_text("not yours\n")
    (own / "inside.py").write_text("data = recv(1024)\n")
    for name, to in (("out.py", "../secret.txt"), ("in.py", "inside.py"), ("server.py", "in.py")):
        (own / name).symlink_to(to)
    names = ("out.py", "in.py", "server.py")
    shown = [line.source for line in lines([called(1, name) for name in names], target(own))]
    assert shown == ["", "data = recv(1024)", "data = recv(1024)"]


def test_the_program_itself_may_be_a_link(tmp_path: Path) -> None:
    """Whoever names it wants it graded, wherever it lies."""
    (tmp_path / "own").mkdir()
    (tmp_path / "elsewhere.py").write_text("data = recv(1024)\n")
    path = tmp_path / "own" / "server.py"
    path.symlink_to("../elsewhere.py")
    (line,) = lines([called(1)], replace(target(path.parent), path=path))
    assert line.source == "data = recv(1024)"


def test_another_program_in_the_same_place_has_its_own_lines(tmp_path: Path) -> None:
    """A machine of a cluster unpacks one submission after the other into one folder."""
    for written in ("data = first.recv(1)", "data = second.recv(22)"):
        (tmp_path / "server.py").unlink(missing_ok=True)
        (tmp_path / "server.py").write_text(f"{written}\n")
        (line,) = lines([called(1)], target(tmp_path))
        assert line.source == written


def test_a_size_is_looked_for_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    """Sizes are those of recv that stand in the source, each of them once."""
    (tmp_path / "server.py").write_text("data = conn.recv(1024)\nmore = 10240\n")
    other = Called(call="recv", arguments="7, 0", result="", file="server.py", line=1, flow="in")
    assert recv_sizes([called(1)] * 1000 + [other], target(tmp_path)) == [1024]


def test_what_is_ascii_is_not_told_to_be_in_another_encoding() -> None:
    """The beginning of a text is the same in GBK and in UTF-8, as far as it is ASCII."""
    wanted = "2989 客听".encode()

    assert other_encoding((wanted, "2989 客".encode("gbk"))) is not None
    assert other_encoding((wanted, b"2989 ")) is None


@pytest.mark.parametrize(
    ("side", "got", "told"),
    [
        ("peer", b"1403314027162339", True),
        ("peer", b"2716233927162339", False),
        ("program", b"1403314027162339", False),
    ],
)
def test_the_bytes_of_another_client_are_told_as_such(side: str, got: bytes, told: bool) -> None:
    """What came twice is its own; and who answers a client has other clients nowhere."""
    events = [
        event
        for number, data in ((1, b"14033140"), (2, b"27162339"))
        for event in (
            Opened(side=side, connection=number, local=("", 0), remote=("", 0)),  # type: ignore[arg-type]
            Sent(connection=number, data=data),
        )
    ]
    nothing = message("nothing")
    finding = Finding(nothing, nothing, difference=(b"27162339", got), connection=2)

    assert (of_another_client(finding, events) is not None) is told
