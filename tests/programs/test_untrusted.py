"""Files in a folder that a program may have tampered with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pytest_sockets.programs import untrusted

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def test_a_plain_file_is_read_up_to_a_bound(tmp_path: Path) -> None:
    """What lies beyond is not loaded."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below/file").write_bytes(b"content")

    assert untrusted.read(tmp_path, "below/file") == b"content"
    assert untrusted.read(tmp_path, "below/file", most=3) == b"con"
    assert untrusted.read(tmp_path, "none") is None


@posix
@pytest.mark.parametrize("name", ["link", "linked/file", "pipe", "folder"])
def test_nothing_else_is_read(tmp_path: Path, name: str) -> None:
    """A link is not followed, and a pipe in which nobody writes is not waited for."""
    folder = tmp_path / "folder"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "file").write_text("of others")
    (folder / "link").symlink_to(tmp_path / "file")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")

    assert untrusted.read(folder, name) is None


@posix
@pytest.mark.parametrize("name", ["link", "pipe", "second_name", "plain"])
def test_a_file_is_put_in_the_place_of_whatever_is_there(tmp_path: Path, name: str) -> None:
    """What a link, or a second name, stands for stays as it is."""
    (tmp_path / "folder").mkdir()
    kept = tmp_path / "kept"
    kept.write_text("kept")
    (tmp_path / "folder/link").symlink_to(kept)
    os.link(kept, tmp_path / "folder/second_name")
    os.mkfifo(tmp_path / "folder/pipe")
    (tmp_path / "folder/plain").write_text("longer than before")
    untrusted.write(tmp_path / "folder", name, b"new")

    assert untrusted.read(tmp_path / "folder", name) == b"new"
    assert kept.read_text() == "kept"


@posix
def test_no_file_is_put_behind_a_link(tmp_path: Path) -> None:
    """A folder that is a link leads to others."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/linked").symlink_to(tmp_path)

    with pytest.raises(OSError, match="linked"):
        untrusted.write(tmp_path / "folder", "linked/file", b"new")
    assert not (tmp_path / "file").exists()


@posix
def test_a_folder_is_removed_however_deep_and_forbidden(tmp_path: Path) -> None:
    """Thousands of folders in each other, without any right, are removed all the same."""
    folder = tmp_path / "folder"
    folder.mkdir()
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(1500):
            os.mkdir("deeper")
            os.chdir("deeper")
    finally:
        os.chdir(here)
    for name in ("a/b/c", "many"):
        (folder / name).mkdir(parents=True)
    for number in range(1000):
        (folder / "many" / str(number)).touch()
    (folder / "a/b/c/file").touch()
    for name in ("a/b/c", "a/b", "a"):
        (folder / name).chmod(0)
    untrusted.remove(folder)

    assert not folder.exists()


@posix
def test_what_links_in_it_name_is_not_removed(tmp_path: Path) -> None:
    """Links go, and what they stand for stays, with its rights."""
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o500)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    (folder / os.fsdecode(b"\xff\n")).mkdir()
    untrusted.remove(folder)

    assert not folder.exists()
    assert kept.stat().st_mode & 0o777 == 0o500


def test_plain_files_are_found_without_following_links(tmp_path: Path) -> None:
    """Names are seen from the folder; what lies too deep is left out."""
    for name in ("a.txt", "b.py", "below/c", "below/deeper/d", ".hidden/e"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path / "a.txt")
        (tmp_path / "around").symlink_to(tmp_path)
    found = [name for name, _ in untrusted.plain_files(tmp_path, 1)]
    chosen = [name for name, _ in untrusted.plain_files(tmp_path, 1, frozenset({"below"}))]

    assert found == ["b.py", "a.txt", ".hidden/e", "below/c"]
    assert chosen == ["b.py", "a.txt"]
