"""What programs need of this Linux machine, and how everything else is kept from them.

Knows which folders an interpreter and a command are made of, and puts Landlock and a filter
on system calls in force for this process. Found out once, in the warm interpreter, and
inherited by all that are forked from it. Does not know namespaces.
"""

import errno
import importlib
import os
import shutil
import site
import sys
import tempfile
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Set, Tuple, TypeVar

from . import answers, landlock, limits, linux, seccomp

PR_SET_NO_NEW_PRIVS = 38

SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix/store",
    "/gnu/store", "/snap", "/proc", "/sys", "/dev", "/run/systemd/resolve",
)  # fmt: skip
"""Where systems keep programs, their libraries, and what is known of the machine."""

DEVICES = ("null", "zero", "full", "tty", "ptmx", "pts", "shm")
"""What everybody may write to in ``/dev``: shm holds the semaphores of multiprocessing."""

BINARIES = ("bin", "sbin", "shims")
"""Folders of programs whose libraries lie beside them."""

Rules = List[Tuple[str, int]]
"""Paths, and rights for each."""


class Machine:
    """The filter on system calls, and the rules that are the same for all programs."""

    def __init__(self) -> None:
        importlib.import_module("resource")  # here once, and not in every program
        self.version = _unless_refused(landlock.version) or 0
        self.filter = _unless_refused(lambda: seccomp.program(os.uname().machine)) or b""
        reading = landlock.READ | landlock.IOCTL_DEV
        folders = outermost(readable())
        self._rules: Rules = [(folder, reading) for folder in folders]
        self._rules += [("/dev/" + name, reading | landlock.WRITE) for name in DEVICES]
        self._around = _unless_refused(lambda: answers.around(folders))

    def enforce(self, request: Dict[str, Any]) -> None:
        """Put in force what ``request["confinement"]`` says of files and calls.

        Raises:
            OSError: the kernel refuses.
        """
        linux.prctl(PR_SET_NO_NEW_PRIVS, 1)
        if "files" in request["confinement"]["layers"]:
            self._keep_files(request)
        if "calls" in request["confinement"]["layers"]:
            seccomp.install(self.filter)

    def _keep_files(self, request: Dict[str, Any]) -> None:
        own = list(_of_the_program(request))
        rules = landlock.Rules(self.version, ports=request["confinement"]["ports"])
        for path, rights in [*self._rules, *own]:
            rules.allow(path, rights)
        told = [request["port"], *request["ports"], *request["peers"], request["calls"]]
        rules.allow_ports([0, *told], [port for port in told if port])
        # A folder that is the program's own is open to it as a whole, whatever lies there.
        writable = request["confinement"]["writable"]
        if self._around and not any(answers.is_within(answers.OURS, each) for each in writable):
            readable = [*self._around, *(path for path, _ in own)]
            answers.hidden(self.version, readable).enforce()
        rules.enforce()


_machine: Optional[Machine] = None


def known() -> Machine:
    """Return what is known of this machine; the first time it is found out."""
    global _machine  # noqa: PLW0603 - inherited by every process that is forked
    _machine = _machine or Machine()
    return _machine


Found = TypeVar("Found")


def _unless_refused(find_out: Callable[[], Found]) -> Optional[Found]:
    """Return what ``find_out`` returns; None on a machine that lacks what it needs."""
    try:
        return find_out()
    except OSError:
        return None


def _of_the_program(request: Dict[str, Any]) -> Iterator[Tuple[str, int]]:
    """Yield the rules for what is this program's own, and for a command that lies anywhere."""
    for path in [request["temporary"], *request["confinement"]["writable"]]:
        yield path, landlock.READ | landlock.WRITE
    command = request["arguments"] if request["kind"] == "command" else []
    for path in named(command):
        yield path, landlock.READ
    found = shutil.which(command[0]) if command else None
    if found is not None:
        for path in _with_libraries(os.path.dirname(os.path.realpath(found))):
            yield path, landlock.READ


def named(command: Iterable[str], root: str = os.sep) -> Iterator[str]:
    """Yield what words of a ``command`` name by a whole path: whoever wrote it wants it read.

    It is the folder around a file, unless that is shared with others. ``root`` is where
    this machine's files are seen.
    """
    for word in filter(os.path.isabs, command):
        place, around = os.path.join(root, word.lstrip(os.sep)), os.path.dirname(word)
        if os.path.isdir(place):
            if not _is_shared(word):
                yield word
        elif os.path.exists(place):
            yield word if _is_shared(around) else around


def readable() -> Set[str]:
    """Return the folders that Python programs and usual commands are made of."""
    found = {*SYSTEM, sys.prefix, sys.base_prefix, sys.exec_prefix, *site.getsitepackages()}
    for entry in os.get_exec_path():
        found.update(_with_libraries(entry))
    return {path for path in found if os.path.isabs(path)}


def outermost(folders: Set[str]) -> List[str]:
    """Return those that lie in no other, each by one name."""
    found: List[str] = []
    for path in sorted({os.path.realpath(folder) for folder in folders}):
        if not any(path.startswith(each.rstrip("/") + "/") for each in found):
            found.append(path)
    return found


def _with_libraries(folder: str) -> Iterator[str]:
    """Yield a folder of programs, and the one around it where that holds their libraries."""
    if os.path.isabs(folder) and not _is_shared(folder):
        yield folder
        around = os.path.dirname(folder)
        if os.path.basename(folder) in BINARIES and not _is_shared(around):
            yield around


def _is_shared(folder: str) -> bool:
    """Tell whether a home, or the files of others, lie in ``folder``."""
    home = os.path.realpath(os.path.expanduser("~"))
    kept = (home, os.path.join(home, ".local"), os.path.realpath(tempfile.gettempdir()))
    real = os.path.realpath(folder).rstrip("/")
    return any((each + "/").startswith(real + "/") for each in kept)


# What can be put in force here is found out by trying.


def probe() -> Dict[str, bool]:
    """Return what a program can be forbidden here, tried in a child for each."""
    return {name: tried(attempt) for name, attempt in ATTEMPTS.items()}


def _limits_hold() -> bool:
    limits.install(0, python=True)
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[1] <= 1


def _files_are_kept() -> bool:
    linux.prctl(PR_SET_NO_NEW_PRIVS, 1)
    landlock.Rules(landlock.version()).enforce()
    return _refused(lambda: os.listdir("/"), errno.EACCES)


def _calls_are_refused() -> bool:
    linux.prctl(PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.program(os.uname().machine))
    return _refused(lambda: linux.unshare(0), errno.EPERM)


def _has_no_rights() -> bool:
    """Tell whether this user has no rights of an administrator, and can gain none."""
    linux.prctl(PR_SET_NO_NEW_PRIVS, 1)
    return os.geteuid() != 0


ATTEMPTS: Dict[str, Callable[[], bool]] = {
    "limits": _limits_hold,
    "files": _files_are_kept,
    "calls": _calls_are_refused,
    "rights": _has_no_rights,
}


def _refused(attempt: Callable[[], Any], number: int) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno == number
    return False


def tried(attempt: Callable[[], Optional[bool]]) -> bool:
    """Tell whether ``attempt`` succeeds in a child: it raises nothing, and does not say no."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(1 if attempt() is False else 0)
        except BaseException:
            os._exit(1)
    return bool(os.waitpid(pid, 0)[1] == 0)
