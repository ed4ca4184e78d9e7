"""A report file holds the old content or the new one, never half of it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from pytest_sockets.reports.files import write_atomically


def test_a_file_is_written_as_utf_8(tmp_path: Path) -> None:
    """Text arrives as it was given, newlines included."""
    write_atomically(tmp_path / "report.json", "好\n")
    assert (tmp_path / "report.json").read_bytes() == "好\n".encode()


def test_an_old_file_is_replaced_by_another_file(tmp_path: Path) -> None:
    """A reader who has the old file open goes on reading the old content."""
    path = tmp_path / "report.json"
    path.write_text("old")
    with path.open() as reader:
        write_atomically(path, "new")
        assert (reader.read(), path.read_text()) == ("old", "new")
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """When writing fails half way, nothing has changed in the folder."""
    path = tmp_path / "report.json"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new" * 100_000 + "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """Folders are not made: a misspelt path is told."""
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "no" / "report.json", "new")


def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    """The file that the link names is replaced, not the link."""
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    write_atomically(link, "new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """What is no regular file is never replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_atomically, args=(pipe, "new"), daemon=True)
    writer.start()
    assert pipe.read_text() == "new"
    writer.join(20)
    assert list(tmp_path.iterdir()) == [pipe]
    assert not pipe.is_file()
