"""What a behaviour puts into a program's folder is told from the copies of its own files."""

from __future__ import annotations

from pathlib import Path

from pytest_sockets.programs.folder import MOST_ADDED_BYTES, ThrowAway
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import find
from pytest_sockets.wire.events import Started
from pytest_sockets.wire.transcript import Transcript

WRITES = "open('own.txt', 'w').write('mine')\n"


def test_new_and_changed_files_are_added_and_copies_are_not(tmp_path: Path) -> None:
    """A file that was there before counts once it holds something else."""
    for name in ("server.py", "old.txt", "same.txt"):
        (tmp_path / name).write_text("as handed in", "utf-8")
    folder = ThrowAway(tmp_path)
    try:
        (folder.work / "music").mkdir()
        (folder.work / "music" / "new.bin").write_bytes(b"\x00")
        (folder.work / "old.txt").write_text("changed by us", "utf-8")
        assert folder.added() == (("music/new.bin", b"\x00"), ("old.txt", b"changed by us"))
    finally:
        folder.close()


def test_what_nobody_would_look_at_is_not_kept(tmp_path: Path) -> None:
    """The record of a run stays small."""
    folder = ThrowAway(tmp_path)
    try:
        (folder.work / "large.bin").write_bytes(bytes(MOST_ADDED_BYTES + 1))
        assert folder.added() == ()
    finally:
        folder.close()


def test_what_the_program_left_is_not_ours(runner: Runner, tmp_path: Path) -> None:
    """Started again in the same place, the program finds its own files there."""
    (tmp_path / "program.py").write_text(WRITES, "utf-8")
    place, transcript = runner.place(find("program.py", folder=tmp_path)[0]), Transcript()
    try:
        (place.folder.work / "ours.txt").write_text("ours", "utf-8")
        for count in (1, 2):
            program = place.start(transcript)
            transcript.wait(lambda ended=program: not ended.running, 60)  # type: ignore[misc]
            assert len(transcript.of(Started)) == count
        assert (place.folder.work / "own.txt").exists()
        assert [event.files for event in transcript.of(Started)] == [(("ours.txt", b"ours"),), ()]
    finally:
        place.close()
