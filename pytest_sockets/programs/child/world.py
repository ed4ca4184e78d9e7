"""The world of programs: what they see of this machine's files and processes, and as whom.

Everything is read-only. Homes, folders for temporary files and whatever else people share
are hidden, but for what interpreters and commands are made of. Each program has its own
``/proc``, ``/tmp``, shared memory and message queues, and sees its throw-away folder. It
has no rights of an administrator, not even in here. Does not know what a program may do
with what it sees (see ``machine``). Linux.
"""

import contextlib
import os
import shutil
import stat
import tempfile
from typing import Iterable, List, Tuple

from . import answers, linux, machine

HIDDEN = ("/home", "/root", "/srv", "/mnt", "/media")
"""Where the files of others are."""

OWN = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - a program's own
"""Where everybody may write; the folder for temporary files is one of them."""

RUN = ("/run", "/var/run")
"""Where servers have their sockets: not read-only, or a file that is not there would seem to be."""

FLAGS = linux.MS_NOSUID | linux.MS_NODEV
BOUNDS = "size=64m,nr_inodes=10000,mode=755"
OPEN, CLOSED = 0o1777, 0o755

OPENED = "/proc/self/fd/%d"
"""Where a folder is found by its descriptor, whatever has been put over it."""

ROOM = "size=256m,nr_inodes=20000,mode=700"
"""What the throw-away folders of a site hold in all: four files of the largest size."""

HOST = "/proc"
"""Where the machine's own tree is kept in reach of guardians, below the ``/proc`` of programs.

Their working directory is there, which no program can get to.
"""

PATH = os.O_PATH | os.O_CLOEXEC  # type: ignore[attr-defined, unused-ignore]

FREE = 0x70000000
"""User ids that no system gives to anybody begin here."""

NOBODY = 65534
DEEPEST = 20
"""Folders within folders in which the harness may have put files."""

PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_CAP_AMBIENT, CLEAR_ALL = 4, 24, 47, 4


class World:
    """The world as this process may make it, and whoever is forked from it.

    ``user`` is the user id of programs. Without ``files`` they see those of the machine.
    """

    def __init__(self, user: int, *, files: bool) -> None:
        self.user = user
        self.files = files
        self._hidden: List[str] = []
        self._open: List[str] = []
        self._own: List[str] = []
        self._shown: List[Tuple[str, str]] = []
        self._throw_away = ""
        self._answers: List[str] = []

    def enter(self, shown: Iterable[str], throw_away: str = "") -> None:
        """Have this process and its children see the world, with the folders ``shown`` in it.

        ``throw_away`` is a path, where temporary files are made, at which there is then a
        folder that is bounded as a whole. The folders of the suite are empty.

        Raises:
            OSError: it can't be made here.
        """
        if not self.files:
            return
        kept = {path: os.path.realpath(path) for path in shown if os.path.isdir(path)}
        kept.update({real: real for real in list(kept.values())})
        self._open = _folders([*OWN, tempfile.gettempdir()])
        self._own = _folders([*self._open, *RUN])
        self._hidden = _folders([*HIDDEN, os.path.expanduser("~"), *self._own])
        self._shown = [
            (path, origin)
            for path, origin in sorted(kept.items())
            if _is_below(path, self._hidden) and not _is_below(path, kept)
        ]
        _copy_of_everything()
        for path in self._hidden:
            os.makedirs(path, exist_ok=True)
            linux.mount("tmpfs", path, "tmpfs", FLAGS, BOUNDS)
        for path, origin in self._shown:
            _show(origin, path, read_only=True)
        self._answers = [path for path in answers.folders() if os.path.isdir(path)]
        for path in self._answers:
            _empty(path)
        if throw_away:
            os.mkdir(throw_away)
            linux.mount("tmpfs", throw_away, "tmpfs", FLAGS, ROOM)
            self._throw_away = throw_away
        for path in self._hidden:
            linux.remount_read_only(path)

    def throw_away(self) -> List[int]:
        """Return a descriptor of the bounded folder, none where there is none.

        Outside of this world only the descriptor leads there.
        """
        if not self._throw_away:
            return []
        return [os.open(self._throw_away, PATH)]

    def leave(self) -> None:
        """Remove the link that leads the harness to the bounded folder, which is gone with us."""
        with contextlib.suppress(OSError):
            if self._throw_away:
                os.unlink(self._throw_away.lstrip("/"))

    def give_own(self, folder: str, command: Iterable[str] = ()) -> None:
        """Give this process a world of its own, in which a program writes in ``folder``.

        What the words of a ``command`` name by a whole path is shown, too.

        Raises:
            OSError: it can't be made here.
        """
        if self.files:
            self._make_own(folder, machine.named(command, root="."))
        if os.getuid() != self.user:
            _give(folder, self.user)

    def _make_own(self, folder: str, named: Iterable[str]) -> None:
        linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC)
        bounded = -1
        if self._throw_away and _is_below(folder, [self._throw_away]):
            # It is about to be covered.
            bounded = os.open(folder, PATH)
        kept = dict(self._shown)
        new = {*self._own, *self._hiding(folder)}
        for path in named:
            if not os.path.exists(path) and not _is_below(path, [folder]):
                kept[path] = path
                new.update(self._hiding(path))
        self._cover(sorted(new))
        for path, origin in sorted(kept.items()):
            if _is_below(path, new):
                _show(origin, path, read_only=True)
        for path in self._answers:
            if _is_below(path, new):
                _empty(path)
        if bounded >= 0:
            os.makedirs(folder)
            linux.mount(OPENED % bounded, folder, None, linux.MS_BIND)
            os.close(bounded)
        else:
            _show(folder, folder)

    def see_own_processes(self) -> None:
        """Have ``/proc`` tell this process and its children of no others.

        Raises:
            OSError: it can't be done here.
        """
        if self.files:
            linux.mount("proc", "/proc", "proc", FLAGS | linux.MS_NOEXEC)

    def _cover(self, paths: List[str]) -> None:
        """Put empty folders of one file system, bounded as a whole, at ``paths``, outer first."""
        os.makedirs(paths[0], exist_ok=True)
        linux.mount("tmpfs", paths[0], "tmpfs", FLAGS, BOUNDS)
        top = os.open(paths[0], PATH)
        for number, path in enumerate(paths):
            folder = os.path.join(OPENED % top, str(number))
            os.mkdir(folder)
            os.chmod(folder, OPEN if path in self._open else CLOSED)
            os.makedirs(path, exist_ok=True)
            linux.mount(folder, path, None, linux.MS_BIND)
        os.close(top)

    def _hiding(self, path: str) -> List[str]:
        return [folder for folder in self._hidden if _is_below(path, [folder])]

    def remove(self, folder: str) -> None:
        """Remove ``folder`` from the machine."""
        shutil.rmtree(folder.lstrip("/") if self.files else folder, ignore_errors=True)

    def become_user(self, streams: Iterable[int] = ()) -> None:
        """Go on as the user of programs, without any right beyond; for good.

        The ``streams`` can be opened again by their names.

        Raises:
            OSError: the system has no such user.
        """
        os.chdir("/")
        if os.getuid() != self.user:
            for descriptor in streams:
                os.fchown(descriptor, self.user, self.user)
            os.setgroups([])
            os.setresgid(self.user, self.user, self.user)
            os.setresuid(self.user, self.user, self.user)
        linux.drop_capabilities()
        # The harness has to see what its threads do, and it itself what its own are.
        linux.prctl(PR_SET_DUMPABLE, 1)


def users() -> List[int]:
    """Return the ids to try for programs: one's own or, for root, such as nobody else has."""
    return [os.getuid()] if os.getuid() else [FREE + os.getpid(), NOBODY]


def renounce() -> None:
    """See to it that nothing this process starts can be given a capability (capabilities(7))."""
    linux.prctl(PR_CAP_AMBIENT, CLEAR_ALL)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        highest = int(file.read())
    # Whoever may not give up any has none to give.
    with contextlib.suppress(PermissionError):
        for capability in range(highest + 1):
            linux.prctl(PR_CAPBSET_DROP, capability)


def _copy_of_everything() -> None:
    """Make a read-only copy of the whole tree of mounts the root; its origin is ``HOST``."""
    linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC)
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("/", HOST, None, linux.MS_BIND | linux.MS_REC)
    linux.make_read_only(HOST)
    os.chdir(HOST)
    linux.pivot_root(".", HOST.lstrip("/"))
    os.chdir(HOST)
    linux.mount("proc", "/proc", None, linux.MS_BIND | linux.MS_REC)


def _folders(paths: Iterable[str]) -> List[str]:
    """Return the folders that there are, each once and with its own name, outer ones first."""
    found = {os.path.realpath(path) for path in paths if os.path.isdir(path)}
    return sorted(found - {"/"})


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder + "/") for folder in folders)


def _empty(path: str) -> None:
    """Cover the folder ``path`` with one in which nothing is, nor can be put."""
    linux.mount("tmpfs", path, "tmpfs", FLAGS | linux.MS_RDONLY, "size=4k,nr_inodes=2,mode=755")


def _show(origin: str, path: str, *, read_only: bool = False) -> None:
    """Let the machine's folder or file ``origin`` be seen at ``path``."""
    if os.path.isdir(origin.lstrip("/")):
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    linux.mount(origin.lstrip("/"), path, None, linux.MS_BIND | linux.MS_REC)
    if read_only:
        linux.make_read_only(path)


def _give(folder: str, user: int) -> None:
    """Let ``user`` own a folder with all that the harness has put there."""
    for path, folders, names, here in os.fwalk(folder):
        os.fchown(here, user, user)
        for name in names:
            found = os.stat(name, dir_fd=here, follow_symlinks=False)
            # A file that has a second name might be somebody else's.
            if found.st_nlink == 1 or not stat.S_ISREG(found.st_mode):
                os.chown(name, user, user, dir_fd=here, follow_symlinks=False)
        if path.count("/") - folder.count("/") >= DEEPEST:
            folders.clear()
