"""The file whose locks keep claimers apart, in a folder that everyone can write to."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from pytest_sockets.kernel.ports import claim

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX files")


def test_a_lock_file_that_is_a_link_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can lead the lock to another file by a link in the shared folder."""
    lock_file = _lock_file_in(tmp_path / "honest", monkeypatch)
    folder = tmp_path / "trap"
    folder.mkdir()
    (folder / lock_file.name).symlink_to(tmp_path / "victim")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    with pytest.raises(OSError, match=lock_file.name):
        claim()
    assert not (tmp_path / "victim").exists()


def test_a_lock_file_that_is_no_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe in its place neither blocks the claim nor passes for a lock."""
    lock_file = _lock_file_in(tmp_path / "honest", monkeypatch)
    folder = tmp_path / "trap"
    folder.mkdir()
    os.mkfifo(folder / lock_file.name)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    with pytest.raises(PermissionError, match="not a file of this user's own"):
        claim()


def test_a_lock_file_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others can neither read nor lock it."""
    lock_file = _lock_file_in(tmp_path, monkeypatch)

    assert lock_file.stat().st_mode & 0o077 == 0


def test_a_lock_file_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that somebody else put there is theirs to unlock, so it is no lock."""
    lock_file = _lock_file_in(tmp_path / "honest", monkeypatch)
    folder = tmp_path / "trap"
    folder.mkdir()
    planted = folder / lock_file.name
    planted.touch()
    try:
        os.chown(planted, 12345, 12345)
    except PermissionError:
        pytest.skip("only root can give a file away")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    with pytest.raises(PermissionError, match="not a file of this user's own"):
        claim()


def _lock_file_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    claim().close()
    (lock_file,) = folder.iterdir()
    return lock_file
