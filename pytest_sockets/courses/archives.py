"""Zip and tar archives of strangers, unpacked into a ``Sink``.

Knows their formats and their bombs. Only regular files come out; a link, a
device, a file with a password and a way of compressing that needs much memory
are left out and told. What is damaged is unpacked as far as it goes, and told.
"""

from __future__ import annotations

import bz2
import errno
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ..messages import Message, message
from .names import told_by_linux, told_by_windows
from .notices import Notices, shown
from .sink import PIECE, Full, Limits, Sink

ZIPS = (".zip",)
TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
UNREAD = (".rar", ".7z", ".gz", ".bz2", ".xz", ".zst")
"""Names of archives that are not unpacked."""

MOST_MEMORY = 96 << 20
"""Bytes that xz may use to unpack: what ``xz -9`` needs is 65 MiB."""

MOST_WORK = 1 << 30
"""What extended headers of a tar archive may take: older Pythons need the square of their size."""

EXTENDED = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip

BYTES_OF_AN_ENTRY = 400
END_OF_ZIP = struct.Struct("<4s4H2LH")
ZIP64_LOCATOR = 20
"""Bytes before the end record that say where the ZIP64 one lies."""

UTF_8 = 0x800
ENCRYPTED = 0x1
READ = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

OF_THE_ARCHIVE = {None, errno.EINVAL}
"""Numbers of errors that archives make: bz2 gives none, and a place before the file is EINVAL."""

DAMAGED = message("it is damaged, or no archive of its kind")


def is_archive(name: str) -> bool:
    """Tell whether a file of this name is an archive that is unpacked."""
    return name.lower().endswith((*ZIPS, *TARS))


def is_unread_archive(name: str) -> bool:
    """Tell whether a file of this name is an archive of a kind that is not unpacked."""
    return not is_archive(name) and name.lower().endswith(UNREAD)


def stem(name: str) -> str:
    """Return the name without what makes it an archive: ``hw.tar.gz`` is ``hw``."""
    ending = max((e for e in (*ZIPS, *TARS) if name.lower().endswith(e)), key=len, default="")
    return name[: len(name) - len(ending)]


def unpack(path: Path, folder: Path, limits: Limits, notices: Notices) -> None:
    """Unpack the archive ``path`` into the empty ``folder``; ``notices`` tell what went wrong.

    Raises:
        OSError: the archive can't be opened, or the disk is full or broken.
    """
    sink = Sink(folder, limits, notices, limits.of(path.stat().st_size))
    with path.open("rb") as file:
        try:
            problem = _problem(lambda: _unpack(path, file, sink))
        except Full as full:
            problem = message("{problem}; the rest is left out", problem=full.problem)
    if problem is not None:
        text = "{archive}: {problem}"
        notices.add(message(text, archive=shown(path.name), problem=problem))


def _problem(read: Callable[[], None]) -> Message | None:
    """Read what a stranger packed; return what is wrong with it, None when nothing is."""
    try:
        read()
    except Full:
        raise
    except OSError as error:
        if error.errno not in OF_THE_ARCHIVE:
            raise
        return DAMAGED
    except Exception:  # noqa: BLE001 - what a stranger's file makes of a parser is the file's
        return DAMAGED
    return None


def _unpack(path: Path, file: IO[bytes], sink: Sink) -> None:
    if path.name.lower().endswith(ZIPS):
        _unpack_zip(file, sink)
    else:
        _unpack_tar(file, sink)


def _unpack_zip(file: IO[bytes], sink: Sink) -> None:
    if _directory_size(file) > BYTES_OF_AN_ENTRY * sink.limits.members:
        raise Full(message("it has more than {most} entries", most=sink.limits.members))
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            sink.count()
            if not info.is_dir():
                _put_member(archive, info, sink)


def _put_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, sink: Sink) -> None:
    name = _name(info)
    problem = _refused(info)
    if problem is None:
        problem = _problem(lambda: sink.put(name, lambda: archive.open(info)))
    if problem is not None:
        sink.leave_out(name, problem)


def _directory_size(file: IO[bytes]) -> int:
    """Return the bytes of the table of contents, which is read into memory as a whole."""
    size = file.seek(0, 2)
    begin = max(0, size - ZIP64_LOCATOR - END_OF_ZIP.size - 65536)
    file.seek(begin)
    tail = file.read()
    file.seek(0)
    # A signature nearer to the end has no whole record, and may stand inside of one.
    at = tail.rfind(b"PK\5\6", 0, max(0, len(tail) - END_OF_ZIP.size + 4))
    if at < 0:
        return 0
    # With ZIP64 the size stands elsewhere, and can be no more than what comes before.
    if tail[max(0, at - ZIP64_LOCATOR) : at].startswith(b"PK\6\7"):
        return begin + at
    return int(END_OF_ZIP.unpack_from(tail, at)[5])


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant; what stands behind a NUL belongs to it."""
    name = info.orig_filename
    return name if info.flag_bits & UTF_8 else told_by_windows(name)


def _refused(info: zipfile.ZipInfo) -> Message | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return message("it is a link or a device")
    if info.flag_bits & ENCRYPTED:
        return message("it needs a password")
    if info.compress_type not in READ:
        return message("it is compressed in a way that is not read here")
    return None


def _unpack_tar(file: IO[bytes], sink: Sink) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    # Headers count as well: what is read of them is held in memory.
    plain: Any = Inflated(file, 2 * sink.limits.of(size))

    class Member(_Member):
        """An entry of this archive."""

    with tarfile.open(fileobj=plain, mode="r|", tarinfo=Member) as archive:
        while (member := archive.next()) is not None:
            sink.count()
            vars(archive)["members"].clear()  # nobody needs the list of all that went by
            if not member.isdir():
                _put_tar_member(archive, member, sink)


def _put_tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, sink: Sink) -> None:
    name = told_by_linux(member.name)
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        sink.leave_out(name, message("it is a link or a device"))
    else:
        sink.put(name, lambda: content)


class _Member(tarfile.TarInfo):
    """An entry of a tar archive; where one is expected and can't be read, that is an error.

    ``left`` is what its archive's extended headers may still take.
    """

    left = MOST_WORK

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        member = super().frombuf(buf, encoding, errors)
        if member.type in EXTENDED:
            cls.left -= member.size**2
        if cls.left < 0:
            raise ValueError("extended headers that are too long")
        return member

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Member:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            # tarfile takes these two for the end of the archive.
            if type(error).__name__ in ("InvalidHeaderError", "TruncatedHeaderError"):
                raise ValueError("no entry of a tar archive") from error
            raise


class Inflated:
    """The plain bytes of ``file``, whichever way it is compressed: at most ``most`` of them.

    What goes beyond raises Full when it is read.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = self._left = most
        self._pending = file.read(PIECE)
        self._decompressor = _decompressor(self._pending)

    def read(self, size: int) -> bytes:
        """Return ``size`` bytes, fewer only at the end."""
        pieces = []
        while size > 0 and (piece := self._piece(size)):
            size -= len(piece)
            self._left -= len(piece)
            pieces.append(piece)
            if self._left < 0:
                raise Full(message("unpacked it is larger than {most} KiB", most=self._most >> 10))
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        """Return at least one and at most ``size`` bytes, none at the end."""
        while True:
            fed = self._fed()
            if self._decompressor is None:
                self._pending = fed[size:]
                return fed[:size]
            piece: bytes = self._decompressor.decompress(fed, size)
            self._pending = getattr(self._decompressor, "unconsumed_tail", b"")
            if self._decompressor.eof:
                # Programs that pack in parallel write one stream behind the other.
                self._pending = self._decompressor.unused_data or self._file.read(PIECE)
                self._decompressor = _decompressor(self._pending)
            elif not fed and not piece:
                raise EOFError("the compressed data ends too early")
            if piece:
                return piece

    def _fed(self) -> bytes:
        """Return what is decompressed next; none when there is enough inside already."""
        if not getattr(self._decompressor, "needs_input", True):
            return b""
        return self._pending or self._file.read(PIECE)


def _decompressor(head: bytes) -> Any:
    if head.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(wbits=31)
    if head.startswith(b"BZh"):
        return bz2.BZ2Decompressor()
    if head.startswith(b"\xfd7zXZ"):
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_MEMORY)
    return None
