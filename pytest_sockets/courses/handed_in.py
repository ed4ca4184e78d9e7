"""What lies in a folder of submissions, student by student: folders, archives, downloads.

Knows how files are grouped by their owners and which attempt counts. Does not
know rosters, nor what is asked for.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..messages import message
from . import archives
from .archives import is_archive, unpack
from .downloads import Download, told
from .notices import BadCourse, Notice, Notices, shown
from .roster import plain
from .sink import CLASS, LEFT_OUT


@dataclass(frozen=True)
class Entry:
    """One file or folder of a submission; ``name`` is the file's as it was handed in."""

    path: Path
    name: str
    download: Download | None = None

    @property
    def is_folder(self) -> bool:
        """True for a folder, which is no link to one."""
        return self.path.is_dir() and not self.path.is_symlink()


@dataclass
class HandedIn:
    """All that one student handed in, under the name ``owner``; ``number`` is the system's."""

    owner: str
    name: str
    number: str = ""
    called: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    notices: Notices = field(default_factory=lambda: Notices([]))

    @property
    def system(self) -> str:
        """The system that it was downloaded from, "" where no name tells one."""
        return next((entry.download.system for entry in self.entries if entry.download), "")


def handed_in(source: Path, work: Path, notices: Notices) -> list[HandedIn]:
    """Return what was handed in, in the order of names; archives of a class go to ``work``.

    Raises:
        BadCourse: ``source`` is no folder and no archive, or nothing is in it.
    """
    folder, own = _folder(source, work, notices).absolute(), work.absolute().parents
    found: dict[str, HandedIn] = {}
    for path in sorted(folder.iterdir()):
        # Who grades all of /tmp finds our own copies there.
        if path.name.startswith(".") or path.name in LEFT_OUT or path in own:
            continue
        entry = _entry(path)
        if entry is None:
            notices.add(_belongs_to_nobody(path))
            continue
        owner = entry.download.owner if entry.download else _owner(path)
        theirs = found.setdefault(owner, _person(owner, entry.download))
        theirs.entries.append(entry)
    if not found:
        text = "{folder} holds no submission: no folder, no archive, no file as Canvas names them"
        raise BadCourse(message(text, folder=shown(source)))
    for each in found.values():
        _take_latest(each)
    return list(found.values())


def _folder(source: Path, work: Path, notices: Notices) -> Path:
    try:
        if source.is_dir():
            return source
        if not source.is_file():
            raise BadCourse(message("there is no folder or archive {path}", path=shown(source)))
        if not is_archive(source.name):
            text = "{path} is neither a folder nor an archive ({kinds})"
            kinds = ", ".join((*archives.ZIPS, *archives.TARS))
            raise BadCourse(message(text, path=shown(source), kinds=kinds))
    except ValueError as error:
        if isinstance(error, BadCourse):
            raise
        raise BadCourse(message("there is no folder {path}", path=shown(source))) from error
    unpack(source, work, CLASS, notices)
    return _without_wrapper(work, notices)


def _without_wrapper(folder: Path, notices: Notices) -> Path:
    """Return the one folder in an archive that holds those of the students."""
    inside = list(folder.iterdir())
    if len(inside) != 1 or not inside[0].is_dir() or told(inside[0].name, folder=True):
        return folder
    if any(path.is_file() and not _entry(path) for path in inside[0].iterdir()):
        return folder
    text = "the archive holds one folder, {name}: what lies in it is taken for the students'"
    notices.add(message(text, name=shown(inside[0].name)))
    return inside[0]


def _entry(path: Path) -> Entry | None:
    """Return what ``path`` is when it is somebody's."""
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return None
    download = told(path.name, folder=stat.S_ISDIR(mode))
    if download is not None:
        return Entry(path, download.file, download)
    if stat.S_ISDIR(mode) or is_archive(path.name):
        return Entry(path, path.name if stat.S_ISREG(mode) else "")
    return None


def _owner(path: Path) -> str:
    return archives.stem(path.name) if path.is_file() else path.name


def _person(owner: str, download: Download | None) -> HandedIn:
    own = _readable(owner)
    if download is None:
        return HandedIn(own, own, called={plain(own)} - {""})
    called = {plain(download.student), plain(own)}
    # Canvas's number is the id in its gradebook, Moodle's that of a "Participant 12345".
    called.add(f"participant{download.number}" if download.system == "Moodle" else download.number)
    return HandedIn(own, _readable(download.student), download.number, called - {""})


def _readable(name: str) -> str:
    """Return a name on disk as text: bytes of another encoding than the system's become signs."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _belongs_to_nobody(path: Path) -> Notice:
    if path.is_symlink():
        return message("{name} is left out: it is a link", name=shown(path.name))
    if archives.is_unread_archive(path.name):
        text = "{name} is left out: archives of this kind are not unpacked; make it a zip file"
        return message(text, name=shown(path.name))
    text = "{name} is left out: it is in no student's folder, and its name tells no student"
    return message(text, name=shown(path.name))


def _take_latest(theirs: HandedIn) -> None:
    """Leave out what a later attempt has replaced, and say so."""
    downloads = [entry for entry in theirs.entries if entry.download is not None]
    kept = list(_latest_downloads(downloads, theirs.notices))
    own = [entry for entry in theirs.entries if entry.download is None]
    # A folder beside its archive is what somebody has unpacked already.
    own.sort(key=lambda e: (e.is_folder, e.path.lstat().st_mtime, e.path.name))
    for entry in own[:-1]:
        text = "{name} is left out: {other} is the {what}"
        what = message("unpacked folder") if own[-1].is_folder else message("later file")
        theirs.notices.add(message(text, name=shown(entry.path.name),
                                   other=shown(own[-1].path.name), what=what))  # fmt: skip
    theirs.entries = [*own[-1:], *kept]


def _latest_downloads(entries: list[Entry], notices: Notices) -> Iterator[Entry]:
    """Yield what is graded of a download: of files with one name the last one."""
    newest: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: e.download.attempt if e.download else 0):
        download, shown_as = entry.download, shown(entry.path.name)
        assert download is not None
        if download.late:
            notices.add(message("{system} says that it was handed in late",
                                system=download.system))  # fmt: skip
        if download.text:
            notices.add(message("{name}: what was typed online is not graded", name=shown_as))
            continue
        earlier = newest.get(entry.name) if entry.name else None
        if earlier is not None:
            text = "{name} is left out: {other} is a later attempt"
            notices.add(message(text, name=shown(earlier.path.name), other=shown_as))
        elif entry.name and not entry.path.name.endswith(entry.name):
            text = "{name} is taken as {file}: {system} numbers further attempts"
            notices.add(message(text, name=shown_as, file=shown(entry.name),
                                system=download.system))  # fmt: skip
        newest[entry.name or entry.path.name] = entry
    yield from newest.values()
