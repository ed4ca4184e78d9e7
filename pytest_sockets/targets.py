"""Who is graded: what ``--target`` names, read without running or importing it.

Knows files, modules, functions, commands and addresses. Does not know which
exercise fits (see ``assignments``), nor how a target is run.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from . import command_lines
from .messages import Message, message
from .modules import SCRIPTS, Functions, functions_of, locate, names_in, takes

Kind = Literal["script", "function", "command", "address", "call", "tour", "pair"]

TOUR = "tour"
"""The target that is no program of the user's: facts of the socket API, demonstrated."""

LEFT_OUT = ("conftest.py", "__init__.py")
"""Scripts that are no program, where programs are named by a pattern or a folder."""

MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
SCHEMES = ("tcp", "udp", "unix")


class BadTarget(ValueError):  # noqa: N818 - whose mistake it is says more
    """A target that can't be graded, and what to do about it; a mistake in the command line."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Target:
    """One program to grade.

    ``spec`` is what the user wrote. ``name`` is what its exercise may be told
    from. ``root`` is the folder that its files are named from. ``module`` is
    set for modules and functions, ``takes`` names a function's parameters
    (host, port, address), ``arguments`` are what a script is started with.
    ``command`` is a program in any language; ``scheme`` and ``address`` name a
    server that already runs. A target of kind ``call`` is a function that is called
    with values, again and again, and not to run a program; of kind ``tour`` with
    a ``path`` it is one stop of the tour; of kind ``pair`` it is a folder whose
    ``parts``, server and client, talk with each other.
    """

    spec: str
    kind: Kind
    name: str
    root: Path | None = None
    path: Path | None = None
    module: str = ""
    function: str = ""
    takes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    scheme: str = ""
    address: tuple[str, int] = ("", 0)
    parts: tuple[Target, ...] = ()

    @property
    def text(self) -> bytes:
        """The text of the program's file; nothing where it has none, or it can't be read."""
        try:
            return self.path.read_bytes() if self.path else b""
        except OSError:
            return b""

    @property
    def told(self) -> bool:
        """True when the program is told its address and has to use it."""
        words = (*self.command, *self.arguments)
        if any(name in word for word in words for name in ("{host}", "{port}", "{path}")):
            return True
        return self.kind == "function" and bool(self.takes)


def find(
    spec: str, *, folder: Path, functions: Collection[str] = (), called: Collection[str] = ()
) -> list[Target]:
    """Return the targets that ``spec`` names, seen from ``folder``.

    ``functions`` are the names that the naming rule gives to functions; a
    module that defines some of them is graded function by function. Those
    named in ``called`` are called with values, not to run a program.

    Raises:
        BadTarget: nothing can be graded under that name.
    """
    if len(spec) > command_lines.LONGEST:
        text = "a command line has at most {most} characters, not {count}: put the rest into a file"
        raise BadTarget(message(text, count=len(spec), most=command_lines.LONGEST))
    if spec.startswith("cmd:"):
        return [_command(spec, folder)]
    if is_address(spec):
        return [_address(spec)]
    if not spec.strip() or "\0" in spec:
        raise BadTarget(message("--target needs the name of a program, such as server.py"))
    path = folder / spec
    if MODULE.fullmatch(spec) and exists(path / "__init__.py"):
        return _module(spec, folder, functions, called)
    script, arguments = _with_arguments(spec, folder)
    if exists(folder / script):
        return [replace(_script(script, folder / script), spec=spec, arguments=arguments)]
    if glob.has_magic(spec):
        return _matching(spec, folder)
    _refuse_what_is_no_module(spec, folder)
    return _module(spec, folder, functions, called)


def is_address(spec: str) -> bool:
    """Tell whether ``spec`` names a server that already runs, and nothing that we run."""
    return spec.startswith(tuple(f"{scheme}://" for scheme in SCHEMES))


def _with_arguments(spec: str, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return the script and the arguments of a spec such as ``server.py --port {port}``."""
    if exists(folder / spec):
        return spec, ()
    try:
        words = command_lines.split(spec)
    except ValueError:
        return spec, ()
    script = words[0] if words else spec
    return (script, tuple(words[1:])) if script.endswith(SCRIPTS) else (spec, ())


def exists(path: Path) -> bool:
    """Tell whether something lies at ``path``, whatever was written there for a name."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def matching(spec: str, folder: Path) -> list[str]:
    """Return the names below ``folder`` that match the pattern, in order; none for no pattern."""
    try:
        return sorted(glob.glob(spec, root_dir=folder, recursive=True))
    except ValueError:  # it holds a NUL, or half of a character
        return []


def _refuse_what_is_no_module(spec: str, folder: Path) -> None:
    scheme, separator, _ = spec.partition("://")
    if separator:
        raise BadTarget(
            message("{spec}: {scheme}:// can't be graded; there are {schemes}", spec=spec,
                    scheme=scheme, schemes=", ".join(f"{name}://" for name in SCHEMES))
        )  # fmt: skip
    script, colon, function = spec.rpartition(":")
    if colon and script.endswith(SCRIPTS) and exists(folder / script):
        raise BadTarget(
            message("{spec}: a function is named by its module, without .py: {module}:{function}",
                    spec=spec, module=_dotted(script), function=function)
        )  # fmt: skip
    if spec.endswith(SCRIPTS) or "/" in spec or "\\" in spec:
        raise BadTarget(message("{spec} does not exist in {folder}", spec=spec, folder=str(folder)))


def _dotted(script: str) -> str:
    return ".".join(part for part in Path(script).with_suffix("").parts if part != ".")


def _matching(spec: str, folder: Path) -> list[Target]:
    scripts = [
        name
        for name in matching(spec, folder)
        if name.endswith(SCRIPTS) and (folder / name).is_file() and Path(name).name not in LEFT_OUT
    ]
    if not scripts:
        raise BadTarget(
            message("no Python script matches {spec} in {folder}", spec=spec, folder=str(folder))
        )
    return [_script(name, folder / name) for name in scripts]


def _script(spec: str, path: Path) -> Target:
    path = path.absolute()
    if path.is_dir():
        raise BadTarget(
            message("{spec} is a folder: name the program in it, such as {example}",
                    spec=spec, example=str(Path(spec) / "server.py"))
        )  # fmt: skip
    if not path.is_file():
        raise BadTarget(message("{spec} is no file that holds a program", spec=spec))
    if path.suffix not in SCRIPTS:
        raise BadTarget(
            message("{spec} is no Python script (its name does not end in .py); a program in "
                    "another language is graded with --target 'cmd:COMMAND'", spec=spec)
        )  # fmt: skip
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise BadTarget(
            message("{spec} can't be read: {why}", spec=spec, why=error.strerror)
        ) from error
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadTarget(message("{spec} is no text file: it holds binary data", spec=spec))
    return Target(spec=spec, kind="script", name=path.stem, root=path.parent, path=path)


def _command(spec: str, folder: Path) -> Target:
    try:
        words = tuple(command_lines.split(spec.removeprefix("cmd:")))
    except ValueError as error:
        raise BadTarget(
            message("{spec}: the command can't be read: {why}", spec=spec, why=str(error))
        ) from error
    if not words:
        raise BadTarget(message("cmd: needs a command, such as 'cmd:node server.js'"))
    name = next((Path(word).stem for word in words[::-1] if _looks_like_a_file(word)), words[0])
    return Target(spec=spec, kind="command", name=name, command=words, root=folder)


def _looks_like_a_file(word: str) -> bool:
    return not word.startswith("-") and "{" not in word and bool(Path(word).suffix)


def _address(spec: str) -> Target:
    if spec.startswith("unix://"):
        path = spec.removeprefix("unix://")
        if not path:
            raise BadTarget(
                message("{spec} needs a path, such as unix:///tmp/echo.sock", spec=spec)
            )
        return Target(spec=spec, kind="address", name="", scheme="unix", address=(path, 0))
    try:
        parts = urlsplit(spec)
        port = parts.port
    except ValueError as error:
        raise BadTarget(
            message("{spec} is no address: {why}", spec=spec, why=str(error))
        ) from error
    if not parts.hostname or port is None:
        raise BadTarget(
            message("{spec} needs a host and a port, such as tcp://127.0.0.1:9000", spec=spec)
        )
    return Target(
        spec=spec, kind="address", name="", scheme=parts.scheme, address=(parts.hostname, port)
    )


def _module(
    spec: str, folder: Path, functions: Collection[str], called: Collection[str]
) -> list[Target]:
    name, _, function = spec.partition(":")
    if not MODULE.fullmatch(name) or (function and not function.isidentifier()):
        raise BadTarget(
            message("{spec} is neither a file in {folder} nor the name of a module",
                    spec=spec, folder=str(folder))
        )  # fmt: skip
    found = locate(name, folder)
    if found is None:
        raise BadTarget(
            message("there is no module {name} in {folder}, and no file {name}.py",
                    name=name, folder=str(folder))
        )  # fmt: skip
    root, path = found
    target = Target(spec=spec, kind="script", name=name.rpartition(".")[2], root=root, path=path,
                    module=name)  # fmt: skip
    defined = functions_of(path)
    if function:
        return [_function(target, function, defined, called)]
    named = [n for n in defined or {} if n in functions]
    if not named:
        return [_as_script(target, path)]
    return [replace(_function(target, n, defined, called), spec=f"{spec}:{n}") for n in named]


def _as_script(target: Target, path: Path) -> Target:
    """Return the module as ``python -m`` would run it."""
    if path.name != "__init__.py":
        return target
    main = path.parent / "__main__.py"
    if main.is_file():
        return replace(target, path=main, module=f"{target.module}.__main__")
    raise BadTarget(
        message("{spec} is a package without __main__.py: name a module in it, such as {example}",
                spec=target.spec, example=f"{target.spec}.server")
    )  # fmt: skip


def to_call(target: Target, name: str) -> Target:
    """Return the script as a function to be called: ``name``, or the only one with parameters.

    Helpers, by their underscore, and ``main`` are not it beside another.
    """
    if target.kind == "call" or target.path is None:
        return target
    defined = functions_of(target.path) or {}
    every = [each for each, definition in defined.items() if definition.args.args]
    fitting = [each for each in every if each != "main" and not each.startswith("_")] or every
    only = fitting[0] if len(fitting) == 1 and name not in names_in(target.path) else name
    return replace(target, kind="call", function=only)


def _function(
    target: Target, name: str, defined: Functions | None, called: Collection[str]
) -> Target:
    """Return the function as a target; ``defined`` is None where the file does not compile."""
    if name in called:
        return replace(target, kind="call", name=name, function=name)
    if defined is None:
        filled: tuple[str, ...] | Message = ("host", "port")
    elif name in defined:
        filled = takes(defined[name])
    else:
        filled = message("the module has no such function at its top level; it has {names}",
                         names=", ".join(defined) or message("none"))  # fmt: skip
    if isinstance(filled, Message):
        raise BadTarget(
            message("{module}:{function} can't be graded: {why}",
                    module=target.module, function=name, why=filled)
        )  # fmt: skip
    return replace(target, kind="function", name=name, function=name, takes=filled)
