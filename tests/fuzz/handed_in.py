"""Readers of what a class hands in, and of what an instructor says of it."""

from __future__ import annotations

import contextlib
import io
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from pytest_sockets.courses.archives import unpack
from pytest_sockets.courses.downloads import told
from pytest_sockets.courses.homework_file import read_homework
from pytest_sockets.courses.names import BadName, path_in, same_file, told_by_linux, told_by_windows
from pytest_sockets.courses.notices import BadCourse, Notices, shown
from pytest_sockets.courses.roster import matches, plain, read_roster
from pytest_sockets.courses.sink import Limits
from pytest_sockets.courses.store import Record, Store

from .drawing import as_text, can_be_written
from .target import target

LIMITS = Limits(files=20, members=60, size=1 << 20, ratio=50, slack=1 << 20)
KINDS = (".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz")


def archive(data: bytes) -> None:
    """Whatever an archive holds, a few files come out of it, below its folder, or a notice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "out")
        folder.mkdir()
        ending = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
        path = Path(name, f"hw{ending}")
        path.write_bytes(data[1:])
        notices = Notices([])
        unpack(path, folder, LIMITS, notices)
        found = list(_below(Path(name)))
        assert all(each == path or each.is_relative_to(folder) for each in found)
        assert not any(each.is_symlink() for each in found)
        assert sum(each.stat().st_size for each in found if each != path) <= LIMITS.size
        assert all(str(notice).isprintable() for notice in notices.all())


def _below(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)


def name(data: bytes) -> None:
    """A name of a stranger is put below the folder, or it is refused; it breaks no line."""
    text = as_text(data)
    assert shown(text).isprintable()
    assert told_by_linux(text) is not None
    assert told_by_windows(text) is not None
    with contextlib.suppress(BadName):
        path = path_in(text)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert path_in(str(path)) == path
        assert can_be_written(str(path))
        assert same_file(path) == same_file(path_in(str(path)))


def download(data: bytes) -> None:
    """The name of a downloaded file tells whose it is, or nothing."""
    text = as_text(data[:255])
    for folder in (False, True):
        found = told(text, folder=folder)
        assert found is None or (found.student in text and found.attempt >= 0)
        assert found is None or found.owner


def roster(data: bytes) -> None:
    """A file is a roster with a name for each student, or it says why it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "class.csv")
        path.write_bytes(data)
        with contextlib.suppress(BadCourse):
            students, notices = read_roster(path)
            assert all(student.key for student in students)
            assert len({student.key for student in students}) == len(students)
            assert all(can_be_written(str(each)) for each in notices)
            called = {student.key: {plain(student.name)} - {""} for student in students}
            assert len(set(matches(students, called).values())) <= len(students)


def homework(data: bytes) -> None:
    """A file is an assignment whose points can be summed up, or it says why it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "homework.toml")
        path.write_bytes(data)
        with contextlib.suppress(BadCourse):
            found = read_homework(path)
            assert 0 <= found.points < 1e12
            assert found.parts


def store(data: bytes) -> None:
    """A store that something was written into tells its records, or that it is damaged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "grades.db")
        whole = bytearray(_stored())
        at = int.from_bytes(data[:2], "big") % len(whole)
        whole[at : at + len(data[2:])] = data[2:]
        path.write_bytes(whole)
        with contextlib.suppress(BadCourse), Store(path) as opened:
            opened.runs()
            opened.facts()
            opened.statuses()
            opened.page("alice")
            assert opened.last("nobody") is None
            assert all(isinstance(each, Record) for each in map(opened.last, opened.statuses()))


@cache
def _stored() -> bytes:
    """Return a store with one run and one record."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "grades.db")
        with Store(path) as made:
            made.begin("2026-01-01T00:00:00+00:00", {"seed": 1, "students": {}})
            made.note(seed="1")
            made.keep(
                Record(student="alice", basis="b", status="graded", finished="2026", seed=1,
                       homework="h", files={"server.py": "00"}, versions={"pytest": "9"},
                       platform="linux", result={"scorecards": []}), "<p>page",
            )  # fmt: skip
        return path.read_bytes()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("hw/server.py", "import socket\n")
        made.writestr("hw/../b.py", "")
    return b"\0" + out.getvalue()


def _tar(mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{mode}", format=tarfile.PAX_FORMAT) as made:  # type: ignore[call-overload]
        info = tarfile.TarInfo("hw/服务器.py")
        info.size = 3
        made.addfile(info, io.BytesIO(b"a=1"))
        link = tarfile.TarInfo("hw/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    return bytes([KINDS.index(f".tar.{mode}" if mode else ".tar")]) + out.getvalue()


ROSTER = "name;id;email;folder\nDoe, Jané;17;jane@x.org;jdoe\n李雷;18;;\n"
HOMEWORK = b"""title = "Echo"
deadline = "Friday"
pass_mark = 60
[[part]]
exercise = "tcp-echo"
role = "server"
files = ["server.py", "*server*.py"]
points = 60
[visibility]
others = "visible"
[[waiver]]
behaviour = "SRV-06"
reason = "not taught"
students = ["alice"]
"""
VALUES = st.sampled_from(
    [b"0x" + b"f" * 400, b"1e999", b"nan", b"-0.0", b"[]", b"{}", b"[[]]", b"1979-05-27", b"true",
     b"0x" + b"f" * 5000, b"9" * 400, b"'''\n'''", b'"\\uD7FF"', b'"' + b"a" * 300 + b'.py"',
     b'"\\u0000.py"', b"[" * 200 + b"]" * 200, b"{a=" * 200 + b"1" + b"}" * 200]
)  # fmt: skip
KEYS = st.sampled_from(
    [b"title", b"pass_mark", b"deadline", b"part", b"visibility", b"waiver", b"role", b"points",
     b"exercise", b"files", b"others", b"behaviour", b"reason", b"students",
     b"title" + b".a" * 2000]
)  # fmt: skip
TARGETS = {
    "archive": target(archive, _zip(), _tar(""), _tar("gz"), _tar("bz2"), _tar("xz")),
    "name": target(
        name, "hw\\服务器.py".encode(), b"C:/a/../con.py\0", inputs=st.text().map(
            lambda text: text.encode("utf-8", "surrogatepass"))),
    "download": target(
        download, b"Jane Doe_12_assignsubmission_file_server.py", b"anon_8rXzq_67890_server-1.py",
        b"doejane_LATE_12345_67890_server-1.tar.gz", b"doe_1_text.html"),
    "roster": target(
        roster, ROSTER.encode(), ROSTER.encode("utf-16"), ROSTER.encode("gb18030"),
        b"sep=;\n" + ROSTER.encode(), inputs=st.builds(
            lambda sign, rest: b"sep=" + sign.encode() + b"\n" + rest + ROSTER.encode(),
            st.characters(codec="utf-8"), st.binary(max_size=9))),
    "homework": target(
        homework, HOMEWORK, inputs=st.builds(
            lambda key, value: HOMEWORK.replace(key, b"#" + key) + key + b" = " + value + b"\n"
            if key in (b"behaviour", b"reason", b"students")
            else key + b" = " + value + b"\n" + HOMEWORK.replace(key, b"#" + key), KEYS, VALUES)
        | st.builds(
            lambda key, value: HOMEWORK.replace(key + b" =", key + b" = " + value + b" #"),
            KEYS, VALUES)),
    "store": target(store, inputs=st.builds(
        lambda at, part: at.to_bytes(2, "big") + part,
        st.integers(0, 65535), st.binary(min_size=1, max_size=40))),
}  # fmt: skip
