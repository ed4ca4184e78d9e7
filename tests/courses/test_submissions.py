"""Finding the submissions: every layout that is handed out, and everything odd is told."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

import ordinary
import pytest

from pytest_sockets.courses.homework import Waiver
from pytest_sockets.courses.notices import BadCourse

from .classes import WHOLE, by_name, found, programs, tarred, told, write, zipped

BOTH = {"server.py": "1", "client.py": "2"}
AT_TOP = {"tcp-echo-server": "server.py", "tcp-echo-client": "client.py"}


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    """The folder in which the submissions lie."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    return folder


def test_a_folder_for_each_student(class_: Path, tmp_path: Path) -> None:
    """What is hidden, and what systems leave behind, is nobody's."""
    write(class_, {f"alice/{name}": text for name, text in BOTH.items()})
    write(class_, {"张三/server.py": "1", ".git/x": "", "__MACOSX/alice/._server.py": ""})
    every = by_name(found(class_, tmp_path / "w"))
    assert list(every) == ["alice", "张三"]
    assert programs(every["alice"]) == AT_TOP
    assert told(every["alice"]) == ""
    assert "tcp-echo-client: there is no program for it (client.py" in told(every["张三"])


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("top", ["", "hw/", "alice/src/"])
def test_an_archive_for_each_student(class_: Path, tmp_path: Path, pack: object, top: str) -> None:
    """With a folder inside, and without."""
    assert callable(pack)
    ending = ".zip" if pack is zipped else ".tar.gz"
    pack(class_ / f"alice{ending}", {f"{top}{name}": text for name, text in BOTH.items()})
    (only,) = found(class_, tmp_path / "w").submissions
    assert only.student.name == "alice"
    assert programs(only) == {part: f"{top}{name}" for part, name in AT_TOP.items()}
    assert told(only) == ""


def test_moodle_s_download(class_: Path, tmp_path: Path) -> None:
    """With folders and without, archives inside, and texts that were typed online."""
    write(class_ / "Jane Doe_12_assignsubmission_file_", BOTH)
    write(class_ / "Jane Doe_12_assignsubmission_onlinetext_", {"onlinetext.html": "x"})
    write(class_, {f"Jo Roe_13_assignsubmission_file_{name}": text for name, text in BOTH.items()})
    zipped(class_ / "Al Poe_14_assignsubmission_file_hw.zip", BOTH)
    zipped(class_ / "Ed Moe_15_assignsubmission_file_" / "hw.zip", BOTH)
    every = by_name(found(class_, tmp_path / "w"))
    assert set(every) == {"Jane Doe", "Jo Roe", "Al Poe", "Ed Moe"}
    assert {each.student.id for each in every.values()} == {"12", "13", "14", "15"}
    assert programs(every["Jane Doe"]) == programs(every["Jo Roe"]) == AT_TOP
    assert programs(every["Al Poe"]) == programs(every["Ed Moe"]) == {
        part: f"hw/{name}" for part, name in AT_TOP.items()
    }  # fmt: skip
    assert "typed online is not graded" in told(every["Jane Doe"])


def test_canvas_s_download(class_: Path, tmp_path: Path) -> None:
    """Files of one student belong together; of several attempts the last one counts."""
    names = ["doejane_LATE_12_100_server.py", "doejane_LATE_12_205_server-1.py",
             "doejane_LATE_12_206_client-1.py", "roejo_13_101_server.py"]  # fmt: skip
    write(class_, {name: name for name in names})
    every = by_name(found(class_, tmp_path / "w"))
    jane = every["doejane"]
    assert programs(jane) == AT_TOP
    assert jane.programs["tcp-echo-server"].read_text() == names[1]
    said = told(jane)
    assert "Canvas says that it was handed in late" in said
    assert f"{names[0]} is left out: {names[1]} is a later attempt" in said
    assert f"{names[2]} is taken as client.py" in said
    assert every["roejo"].student.id == "13"


@pytest.mark.parametrize("wrapper", ["", "submissions/"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_whole_class_in_an_archive(tmp_path: Path, pack: object, wrapper: str) -> None:
    """With one folder around all, and without; archives of students inside are unpacked."""
    assert callable(pack)
    inner = zipped(tmp_path / "x" / "bob.zip", BOTH).read_bytes()
    files = {f"{wrapper}alice/server.py": "1", f"{wrapper}bob.zip": inner,
             f"{wrapper}Alice/server.py": "3"}  # fmt: skip
    path = tmp_path / ("class.zip" if pack is zipped else "class.tar.gz")
    class_ = found(pack(path, files), tmp_path / "w")
    assert len({each.key for each in class_.submissions}) == len(class_.submissions)
    assert programs(by_name(class_)["bob"]) == AT_TOP
    assert ("the archive holds one folder" in told(class_)) == bool(wrapper)


def test_an_archive_of_one_student_with_a_program_at_its_top_is_no_wrapper(tmp_path: Path) -> None:
    """A class may be as small as that."""
    class_ = found(zipped(tmp_path / "class.zip", {"alice/server.py": "1"}), tmp_path / "w")
    assert [each.student.name for each in class_.submissions] == ["alice"]


def test_archives_in_archives_are_unpacked_twice_and_no_deeper(
    class_: Path, tmp_path: Path
) -> None:
    """What is not unpacked is told."""
    one = zipped(tmp_path / "x" / "1.zip", {"deep.py": "x"}).read_bytes()
    two = zipped(tmp_path / "x" / "2.zip", {"1.zip": one}).read_bytes()
    three = zipped(tmp_path / "x" / "3.zip", {"2.zip": two}).read_bytes()
    zipped(class_ / "alice.zip", {"server.py": "1", "3.zip": three, "x.rar": "x"})
    (only,) = found(class_, tmp_path / "w").submissions
    assert "3/2/1.zip is an archive that is not unpacked here" in told(only)
    assert "x.rar is an archive that is not unpacked here" in told(only)


def test_a_folder_beside_its_archive_counts(class_: Path, tmp_path: Path) -> None:
    """Somebody has unpacked it; that one is left out is told."""
    write(class_ / "alice", {"server.py": "1"})
    zipped(class_ / "alice.zip", {"server.py": "2"})
    (only,) = found(class_, tmp_path / "w").submissions
    assert only.programs["tcp-echo-server"].read_text() == "1"
    assert "alice.zip is left out: alice is the unpacked folder" in told(only)


def test_of_two_archives_the_later_one_counts(class_: Path, tmp_path: Path) -> None:
    """By the time of its last change."""
    os.utime(zipped(class_ / "alice.zip", {"server.py": "new"}), (2e9, 2e9))
    os.utime(tarred(class_ / "alice.tar.gz", {"server.py": "old"}), (1e9, 1e9))
    (only,) = found(class_, tmp_path / "w").submissions
    assert only.programs["tcp-echo-server"].read_text() == "new"
    assert "alice.tar.gz is left out: alice.zip is the later file" in told(only)


def test_what_is_nobody_s_is_told(class_: Path, tmp_path: Path) -> None:
    """A program at the top, a link, an archive of another kind."""
    write(class_, {"server.py": "1", "x.7z": "", "alice/server.py": "1"})
    (class_ / "bob").symlink_to(class_ / "alice")
    class_told = told(found(class_, tmp_path / "w"))
    assert "server.py is left out: it is in no student's folder" in class_told
    assert "x.7z is left out: archives of this kind are not unpacked" in class_told
    assert "bob is left out: it is a link" in class_told


def test_links_and_pipes_of_a_student_are_left_out(class_: Path, tmp_path: Path) -> None:
    """A link could show a file of the instructor's in the student's report."""
    write(class_ / "alice", {"client.py": "1"})
    (tmp_path / "secret.py").write_text("key = 1")
    (class_ / "alice" / "server.py").symlink_to(tmp_path / "secret.py")
    (class_ / "alice" / "sub").symlink_to(tmp_path)
    os.mkfifo(class_ / "alice" / "pipe.py")
    (only,) = found(class_, tmp_path / "w").submissions
    assert set(only.files) == {"client.py"}
    assert "server.py is left out: it is a link or a device" in told(only)
    assert "pipe.py is left out: it is a link or a device" in told(only)


def test_an_empty_folder_is_a_submission_of_nothing(class_: Path, tmp_path: Path) -> None:
    """It is in the class, and told."""
    (class_ / "alice").mkdir()
    (only,) = found(class_, tmp_path / "w").submissions
    assert not only.programs
    assert "it is empty" in told(only)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names on disk are always text")
def test_a_folder_s_name_in_another_encoding_is_read_as_far_as_it_can_be(
    class_: Path, tmp_path: Path
) -> None:
    """Two of them stay two students."""
    for name in ("张三".encode("gb18030"), "李四".encode("gb18030"), b"a\nb"):
        os.mkdir(os.fsencode(class_) + b"/" + name)
    keys = [each.key for each in found(class_, tmp_path / "w").submissions]
    assert len(set(keys)) == 3
    assert all(key.encode() for key in keys)


def test_a_roster_gives_names_and_finds_who_is_missing(class_: Path, tmp_path: Path) -> None:
    """A student without a submission has a row all the same."""
    for name in ("doejane", "bob", "guest"):
        write(class_ / name, BOTH)
    roster = tmp_path / "class.csv"
    roster.write_text('id,name\n1,"Doe, Jane"\n2,Bob\n3,Eve\n')
    every = found(class_, tmp_path / "w", roster=roster).submissions
    assert [(each.key, each.origin) for each in every] == [
        ("2", "bob"), ("1", "doejane"), ("guest", "guest"), ("3", ""),
    ]  # fmt: skip
    assert "guest is not in class.csv" in told(every[2])
    assert every[3].folder is None
    assert told(every[3]) == "nothing was handed in"
    assert set(every[3].lacking) == {"tcp-echo-server", "tcp-echo-client"}


def test_a_waiver_for_nobody_is_told(class_: Path, tmp_path: Path) -> None:
    """A name that was mistyped there would cost a student points, and nobody would see why."""
    write(class_ / "alice", BOTH)
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\n17,Alice\n")
    waivers = tuple(Waiver(each, "ill", ("17", "alcie")) for each in ("a", "b"))
    homework = replace(WHOLE, waivers=(*waivers, Waiver("c", "not taught")))
    (notice,) = found(class_, tmp_path / "w", homework=homework, roster=roster).notices
    assert str(notice).startswith("a waiver is for alcie, and nobody")


def test_a_roster_alone_says_where_each_submission_is(tmp_path: Path) -> None:
    """Folders and archives, seen from the roster's own folder."""
    write(tmp_path / "hw" / "x1", BOTH)
    zipped(tmp_path / "hw" / "x2.zip", BOTH)
    roster = tmp_path / "class.csv"
    roster.write_text("name,folder\nJane,hw/x1\nBob,hw/x2.zip\nEve,hw/x3\nAl,\n")
    every = by_name(found(roster, tmp_path / "w"))
    assert programs(every["Jane"]) == programs(every["Bob"]) == AT_TOP
    assert every["Eve"].folder is every["Al"].folder is None


def test_a_submission_of_a_hundred_thousand_files_is_cut_off(class_: Path, tmp_path: Path) -> None:
    """It costs neither memory nor the others' time."""
    many = {f"{number}.py": "" for number in range(6000)}
    tarred(class_ / "alice.tar.gz", many)
    write(class_ / "bob", BOTH)
    every = by_name(found(class_, tmp_path / "w"))
    assert len(every["alice"].files) <= 1000
    assert "the rest is left out" in told(every["alice"])
    assert programs(every["bob"]) == AT_TOP


def test_a_class_s_odd_archive_names_stay_with_their_student(class_: Path, tmp_path: Path) -> None:
    """One student's attack is no other's loss."""
    bad = tarfile.TarInfo("../bob/server.py")
    bad.type, bad.linkname = tarfile.SYMTYPE, "/etc/passwd"
    tarred(class_ / "alice.tar.gz", {"../bob/server.py": "evil", "/tmp/evil.py": "x"}, bad)
    write(class_ / "bob", {"server.py": "good"})
    every = by_name(found(class_, tmp_path / "w"))
    assert every["bob"].programs["tcp-echo-server"].read_text() == "good"
    assert "leaves the folder" in told(every["alice"])
    assert "absolute" in told(every["alice"])


def test_nothing_of_a_submission_is_run_or_compiled(class_: Path, tmp_path: Path) -> None:
    """Finding it only reads names and bytes."""
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    names = ["server.py", "conftest.py", "__init__.py", "sitecustomize.py", "json.py"]
    write(class_ / "alice", dict.fromkeys(names, trap))
    write(class_ / "bob", {"server.py": b"\0\1 no python (((" + b"(" * 100_000})
    every = by_name(found(class_, tmp_path / "w"))
    assert not (tmp_path / "ran").exists()
    assert set(every["bob"].programs) == {"tcp-echo-server"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none", None, "there is no folder or archive"),
        ("notes.txt", "x", "is neither a folder nor an archive"),
        ("empty.zip", "", "holds no submission"),
        ("class.csv", "name\nA\n", "no column folder"),
    ],
)
def test_a_place_without_submissions_is_named(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    """The instructor has mistyped it, most likely."""
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(BadCourse) as error:
        found(tmp_path / name, tmp_path / "w", homework=WHOLE)
    assert said in str(error.value.problem)
    assert name in str(error.value.problem)


@pytest.mark.skipif("os.getuid() != 0", reason="only root can make what a user may not read")
def test_a_folder_that_may_not_be_read_is_named(class_: Path) -> None:
    """Nobody is graded as if nothing had been handed in, in silence."""
    if ordinary.interpreter() is None:
        pytest.skip("no Python of this machine is one that every user may run")
    write(class_, {"alice/data/server.py": "1"})
    with tempfile.TemporaryDirectory() as name:
        shared = Path(shutil.copytree(class_, Path(name, "class")))
        for each, mode in (("", 0o777), ("class", 0o755), ("class/alice/data", 0o700)):
            Path(name, each).chmod(mode)
        run = ordinary.run(
            "-m", "pytest_sockets.cli", "--lang", "en", "grade", str(shared),
            "--exercise", "tcp-echo", "--store", str(Path(name, "no.db")), timeout=100,
        )  # fmt: skip
    assert "alice: data is left out: it can't be read: Permission denied" in run.stdout + run.stderr
