"""Names of files in archives: what is let through stays inside, whatever somebody wrote."""

from __future__ import annotations

import os
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.courses.names import (
    DEEPEST,
    LONGEST,
    BadName,
    path_in,
    same_file,
    told_by_linux,
    told_by_windows,
)
from pytest_sockets.courses.notices import shown

from .classes import law

PIECES = st.sampled_from(
    ["..", ".", "", "a", "B", "server.py", "C:", "\\", "/", "\n", "\0", "\x7f", "é", "e\u0301",
     "聊天", "\u202e", "'", '"', " ", "x" * 300, "~", "$HOME", "con"]
)  # fmt: skip
NAMES = st.one_of(st.text(), st.lists(PIECES).map("/".join), st.lists(PIECES).map("".join))


def let_through(name: str) -> PurePosixPath | None:
    """Return where the name leads, None when it is refused."""
    try:
        return path_in(name)
    except BadName:
        return None


@law
@given(NAMES)
def test_what_is_let_through_stays_below_the_folder(name: str) -> None:
    """It is relative, has no part that leads up, and is as short as file systems need it."""
    path = let_through(name)
    if path is not None:
        assert not path.is_absolute()
        assert 1 <= len(path.parts) <= DEEPEST
        assert not {"..", ".", ""} & set(path.parts)
        assert all(len(part.encode()) <= LONGEST for part in path.parts)
        assert os.path.normpath(path) == str(path)


@law
@given(NAMES)
def test_what_is_let_through_can_be_shown_in_one_line(name: str) -> None:
    """No control character, no lone surrogate, nothing that turns a line of text around."""
    path = let_through(name)
    if path is not None:
        assert not {unicodedata.category(c)[0] for c in str(path)} & {"C"}


@law
@given(NAMES)
def test_letting_through_twice_changes_nothing(name: str) -> None:
    """A name that was let through is let through as it is."""
    path = let_through(name)
    assert path is None or path_in(str(path)) == path


@law
@given(st.text())
def test_a_name_in_a_sentence_breaks_no_line(name: str) -> None:
    """Notices are read in terminals and tables."""
    assert shown(name).isprintable()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", "absolute"),
        ("C:\\Windows\\x.py", "absolute"),
        ("c:/x.py", "absolute"),
        ("\\\\host\\share\\x.py", "absolute"),
        ("a/../../x.py", "leaves the folder"),
        ("..\\x.py", "leaves the folder"),
        ("a\nb.py", "control character"),
        ("a\0.py", "control character"),
        ("\udce4.py", "control character"),
        ("x" * 201 + ".py", "longer than 200 bytes"),
        ("信" * 67 + ".py", "longer than 200 bytes"),
        ("a/" * 12 + "x.py", "12 folders deep"),
        ("./", "no name"),
        ("", "no name"),
    ],
)
def test_a_name_is_refused_with_the_reason(name: str, why: str) -> None:
    """Whoever answers for the mark can see what was wrong."""
    with pytest.raises(BadName, match=why):
        path_in(name)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("hw/server.py", "hw/server.py"),
        ("./hw//server.py", "hw/server.py"),
        ("hw\\server.py", "hw/server.py"),
        ('it\'s "mine".py', 'it\'s "mine".py'),
        ("e\u0301.py", "é.py"),
        ("服务端.py", "服务端.py"),
        ("...py", "...py"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows allows fewer names")
def test_an_honest_name_is_let_through(name: str, path: str) -> None:
    """Quotes, dots and Chinese are no reason to lose a student's work."""
    assert str(path_in(name)) == path


def test_names_that_differ_in_case_or_form_only_are_one_file() -> None:
    """As they are on macOS and Windows."""
    assert same_file(PurePosixPath("Hw/SERVER.py")) == same_file(PurePosixPath("hw/server.py"))
    assert same_file(path_in("É.py")) == same_file(path_in("e\u0301.py"))


def test_a_name_in_gbk_is_read_as_what_it_was() -> None:
    """Zip files from a Chinese Windows say nothing of their encoding, tar files nothing at all."""
    raw = "服务端.py".encode("gb18030")
    assert told_by_windows(raw.decode("cp437")) == "服务端.py"
    assert told_by_linux(raw.decode("utf-8", "surrogateescape")) == "服务端.py"
    assert told_by_windows("服务端.py") == "服务端.py"
