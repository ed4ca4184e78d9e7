"""Archives of strangers: what comes out, and what bombs, links and damage do not do."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.courses.archives import END_OF_ZIP, is_archive, stem, unpack
from pytest_sockets.courses.notices import Notices
from pytest_sockets.courses.sink import SUBMISSION, Limits

from .classes import below, law, tarred, told, zipped
from .test_names import NAMES, let_through

FILES = {"server.py": "print(1)\n", "hw/client.py": "print(2)\n"}
ZIP64 = struct.Struct("<4sQ2H2L4Q")


def unpacked(
    archive: Path, limits: Limits = SUBMISSION, name: str = "out"
) -> tuple[Path, dict[str, bytes], str]:
    """Unpack; return the folder, the files in it and what was told."""
    folder = archive.parent / name
    folder.mkdir()
    notices = Notices([])
    unpack(archive, folder, limits, notices)
    return folder, below(folder), told(notices)


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def test_files_come_out_as_they_went_in(tmp_path: Path, ending: str) -> None:
    """Of every kind of archive that is read."""
    mode = {".tar": "", ".tgz": "gz"}.get(ending, ending[5:])
    path = tmp_path / f"a{ending}"
    made = zipped(path, FILES) if ending == ".zip" else tarred(path, FILES, mode=mode)
    assert is_archive(made.name)
    assert stem(made.name) == "a"
    _, files, said = unpacked(made)
    assert files == {name: content.encode() for name, content in FILES.items()}
    assert said == ""


def _can_be_packed(name: str) -> bool:
    return bool(name) and "\0" not in name and name.isprintable() | name.isascii()


@law
@given(names=st.lists(NAMES.filter(_can_be_packed), max_size=6, unique=True))
def test_nothing_leaves_the_folder_whatever_the_names_are(names: list[str]) -> None:
    """In a zip and in a tar archive: all that exists afterwards lies in the folder."""
    allowed = {str(path) for path in map(let_through, names) if path is not None}
    with tempfile.TemporaryDirectory() as outer:
        work = Path(outer, "w")
        work.mkdir()
        made = [tarred(work / "a.tar", dict.fromkeys(names, "x"), mode=""),
                zipped(work / "a.zip", dict.fromkeys(names, "x"))]  # fmt: skip
        for number, archive in enumerate(made):
            assert set(unpacked(archive, name=str(number))[1]) <= allowed
        assert sorted(os.listdir(outer)) == ["w"]
        assert sorted(os.listdir(work)) == ["0", "1", "a.tar", "a.zip"]


def test_links_and_devices_are_left_out_and_told(tmp_path: Path) -> None:
    """A link that is followed would show the student a file of the instructor's."""
    kinds = {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE,
             "disk": tarfile.BLKTYPE}  # fmt: skip
    special = []
    for name, kind in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        special.append(info)
    _, files, said = unpacked(tarred(tmp_path / "a.tar.gz", FILES, *special))
    assert set(files) == set(FILES)
    assert [line.partition(" ")[0] for line in said.splitlines()] == list(kinds)
    _, files, said = unpacked(zipped(tmp_path / "a.zip", FILES, links={"soft": "/etc"}), name="z")
    assert set(files) == set(FILES)
    assert said == "soft is left out: it is a link or a device"


def test_a_file_cannot_be_written_through_a_link_of_the_same_archive(tmp_path: Path) -> None:
    """The second entry would land in the folder that the first one points to."""
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tarfile.TarInfo("sub")
    link.type, link.linkname = tarfile.SYMTYPE, str(outside)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(link)
        info = tarfile.TarInfo("sub/server.py")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    (tmp_path / "a.tar").write_bytes(buffer.getvalue())
    _, files, _ = unpacked(tmp_path / "a.tar")
    assert files == {"sub/server.py": b"x"}
    assert not list(outside.iterdir())


@pytest.mark.parametrize("kind", ["zip", "gz", "bz2", "xz"])
def test_a_bomb_ends_at_the_bound(tmp_path: Path, kind: str) -> None:
    """64 MiB of zeros from some kilobytes: what is on disk afterwards is within the bounds."""
    bomb = {"server.py": b"print(1)\n", "zero": bytes(64 << 20)}
    path = tmp_path / ("a.zip" if kind == "zip" else f"a.tar.{kind}")
    made = zipped(path, bomb) if kind == "zip" else tarred(path, bomb, mode=kind)
    limits = Limits(size=8 << 20)
    _, files, said = unpacked(made, limits)
    assert files == {"server.py": b"print(1)\n"}
    assert "larger than" in said
    assert "the rest is left out" in said


def test_what_an_archive_becomes_is_bounded_by_its_own_size(tmp_path: Path) -> None:
    """A small archive that unpacks to much is no homework."""
    made = zipped(tmp_path / "a.zip", {"zero": bytes(3 << 20)})
    _, files, said = unpacked(made, Limits(ratio=100, slack=1 << 20))
    assert files == {}
    assert "larger than" in said


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_the_number_of_entries_is_bounded(tmp_path: Path, kind: str) -> None:
    """Folders count as well: they take memory."""
    many = {f"{number}/": "" for number in range(50)} | {"z.py": "x"}
    path = tmp_path / f"a.{kind}"
    made = zipped(path, many) if kind == "zip" else tarred(path, many)
    _, files, said = unpacked(made, Limits(members=20))
    assert "more than 20 entries" in said
    assert len(files) <= 20


def test_a_table_of_contents_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    """It would be held in memory as a whole before the first name is seen."""
    made = zipped(tmp_path / "a.zip", {f"{'n' * 60}{number}": "" for number in range(200)})
    limits = Limits(members=20)
    _, files, said = unpacked(made, limits)
    assert files == {}
    assert "more than 20 entries" in said


def hides_its_end(raw: bytes) -> bytes:
    """Return the archive with a second signature inside its end record."""
    return raw[:-18] + b"PK\5\6" + raw[-14:]


def says_64_bits_behind_the_longest_comment(raw: bytes) -> bytes:
    """Return the archive with its sizes in a ZIP64 record, none in the end record."""
    *_, entries, size, begin, _ = END_OF_ZIP.unpack(raw[-22:])
    record = ZIP64.pack(b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, begin)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(raw) - 22, 1)
    end = END_OF_ZIP.pack(b"PK\5\6", 0, 0, entries, entries, 0, 0, 65535)
    return raw[:-22] + record + locator + end + bytes(65535)


@pytest.mark.parametrize("bent", [hides_its_end, says_64_bits_behind_the_longest_comment])
def test_the_length_of_a_table_of_contents_can_t_be_hidden(
    tmp_path: Path, bent: Callable[[bytes], bytes]
) -> None:
    """It is looked up where zipfile does, which can read the archive."""
    made = zipped(tmp_path / "a.zip", {f"{'n' * 60}{number}": "" for number in range(200)})
    made.write_bytes(bent(made.read_bytes()))
    assert len(zipfile.ZipFile(made).namelist()) == 200
    _, files, said = unpacked(made, Limits(members=20))
    assert files == {}
    assert "more than 20 entries" in said


@pytest.mark.parametrize("bent", [hides_its_end, says_64_bits_behind_the_longest_comment])
def test_an_archive_with_an_odd_end_is_unpacked_within_the_bounds(
    tmp_path: Path, bent: Callable[[bytes], bytes]
) -> None:
    """What is odd about it does no harm."""
    made = zipped(tmp_path / "a.zip", FILES)
    made.write_bytes(bent(made.read_bytes()))
    assert set(unpacked(made)[1]) == set(FILES)


def test_a_file_that_needs_a_password_is_left_out(tmp_path: Path) -> None:
    """The others of its archive are not."""
    made = zipped(tmp_path / "a.zip", FILES)
    data = bytearray(made.read_bytes())
    at = data.index(b"PK\1\2")
    (flags,) = struct.unpack_from("<H", data, at + 8)
    struct.pack_into("<H", data, at + 8, flags | 1)
    made.write_bytes(data)
    _, files, said = unpacked(made)
    assert set(files) == {"hw/client.py"}
    assert said == "server.py is left out: it needs a password"


def test_a_way_of_compressing_that_needs_much_memory_is_not_read(tmp_path: Path) -> None:
    """LZMA lets the archive say how much memory is to be taken."""
    made = tmp_path / "a.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("server.py", "print(1)")
    assert "compressed in a way that is not read here" in unpacked(made)[2]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
@law
@given(data=st.data())
def test_damage_is_told_and_never_an_error_of_ours(kind: str, data: st.DataObject) -> None:
    """Bytes changed or cut off anywhere: nothing is raised, and no more comes out than may."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{kind}")
        mode = kind[4:]
        made = zipped(path, FILES) if kind == "zip" else tarred(path, FILES, mode=mode)
        raw = bytearray(made.read_bytes())
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] ^= data.draw(st.integers(0, 255))
        made.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
        out, files, _ = unpacked(made)
        assert all(not (out / name).is_symlink() for name in files)
        assert sum(map(len, files.values())) <= SUBMISSION.of(made.stat().st_size)


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", b"hello", b"\x1f\x8b\x08", b"BZh9", b"\0" * 50]
)
def test_what_is_no_archive_is_told(tmp_path: Path, kind: str, content: bytes) -> None:
    """Whatever its name says."""
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    _, files, said = unpacked(path)
    assert files == {}
    assert said == f"a.{kind}: it is damaged, or no archive of its kind"


def test_an_archive_that_is_cut_off_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    """A file is there as a whole or not at all."""
    made = tarred(tmp_path / "a.tar", {"a.py": "a" * 4000, "b.py": "b" * 4000}, mode="")
    made.write_bytes(made.read_bytes()[:7000])
    _, files, said = unpacked(made)
    assert files == {"a.py": b"a" * 4000}
    assert "damaged" in said


@pytest.mark.parametrize(("kind", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_streams_behind_each_other_are_one(tmp_path: Path, kind: str, pack: object) -> None:
    """Programs that pack in parallel write archives so."""
    assert callable(pack)
    plain = tarred(tmp_path / "a.tar", {"a.py": os.urandom(90_000)}, mode="").read_bytes()
    path = tmp_path / f"b.tar.{kind}"
    path.write_bytes(pack(plain[:70_000]) + pack(plain[70_000:]))
    assert unpacked(path)[1] == {"a.py": plain[512:90_512]}


def test_names_that_differ_in_case_only_are_told(tmp_path: Path) -> None:
    """On some systems they would be one file, and the grade another."""
    made = zipped(tmp_path / "a.zip", {"server.py": "1", "Server.py": "2", "hw/x.py": "3"})
    _, files, said = unpacked(made)
    assert files == {"server.py": b"1", "hw/x.py": b"3"}
    assert said.startswith("Server.py is left out: its name differs from server.py")


def test_of_two_files_with_one_name_the_first_counts(tmp_path: Path) -> None:
    """A tar archive may hold a name twice; that is told."""
    made = tarred(tmp_path / "a.tar", {"server.py": "1", "./server.py": "2"})
    _, files, said = unpacked(made)
    assert files == {"server.py": b"1"}
    assert "there is another one of this name" in said


def test_a_file_where_a_folder_is_wanted_is_told(tmp_path: Path) -> None:
    """One of the two can't be there."""
    _, files, said = unpacked(tarred(tmp_path / "a.tar", {"hw": "1", "hw/server.py": "2"}))
    assert files == {"hw": b"1"}
    assert said.startswith("hw/server.py is left out")


def test_notices_are_bounded(tmp_path: Path) -> None:
    """A thousand bad names make no thousand sentences."""
    made = tarred(tmp_path / "a.tar", {f"../{number}.py": "x" for number in range(1000)})
    lines = unpacked(made)[2].splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 980 more notices like these"
