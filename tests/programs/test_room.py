"""Room on disk: a program is not started without, and not blamed for what others have taken."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from disks import small_disk

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs.room import LEAST, LEAST_FILES, check_after, check_before, lack_of


def test_there_is_room_on_a_disk_with_room(tmp_path: Path) -> None:
    """Neither before nor after is anything said."""
    with small_disk(tmp_path, size=2 * LEAST) as disk:
        check_before(disk.here)
        check_after(disk.here)


def test_a_program_is_not_started_without_room(tmp_path: Path) -> None:
    """The reason names the folder, and is a fault of nobody's program."""
    with small_disk(tmp_path, size=2 * LEAST) as disk:
        disk.fill(leave=LEAST // 2)
        (disk.here / "own").mkdir()
        with pytest.raises(NotJudged, match=f"are left .*{disk.here}: free some") as caught:
            check_before(disk.here / "own")
        assert caught.value.ours
        disk.clear()
        check_before(disk.here / "own")


def test_a_program_is_not_started_where_no_more_files_can_be_made(tmp_path: Path) -> None:
    """However many bytes there are."""
    with (
        small_disk(tmp_path, size=2 * LEAST, files=LEAST_FILES) as disk,
        pytest.raises(NotJudged, match="only 0 KiB are left"),
    ):
        check_before(disk.here)


def test_room_that_others_have_taken_is_no_program_s_fault(tmp_path: Path) -> None:
    """What it failed in may be for want of it."""
    with small_disk(tmp_path, size=2 * LEAST) as disk:
        own = disk.here / "own"
        own.mkdir()
        (own / "upload").write_bytes(bytes(1000))
        disk.fill()
        with pytest.raises(NotJudged, match="free some"):
            check_after(own)


def test_room_that_a_program_has_taken_itself_is_its_own_fault(tmp_path: Path) -> None:
    """Nothing is said: whatever it is accused of, stands."""
    with small_disk(tmp_path, size=2 * LEAST) as disk:
        own = disk.here / "own" / "below"
        own.mkdir(parents=True)
        (own / "flood").write_bytes(bytes(LEAST))
        disk.fill()
        check_after(disk.here / "own")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.ENOMEM])
def test_what_the_machine_has_no_more_of_is_told_in_a_line(number: int) -> None:
    """By the system's own words."""
    found = lack_of(OSError(number, os.strerror(number)))
    assert found is not None
    assert os.strerror(number) in str(found)


@pytest.mark.parametrize("error", [OSError(errno.ECONNRESET, "reset"), OSError("x"), KeyError()])
def test_other_errors_are_not_the_machine_s(error: Exception) -> None:
    """They are shown as they are."""
    assert lack_of(error) is None
