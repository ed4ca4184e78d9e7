"""Who is graded: what ``--target`` names, read without running or importing it.

Knows files, modules, functions, commands and addresses. Does not know which
exercise fits (see ``assignments``), nor how a target is run.
"""

from __future__ import annotations

import ast
import glob
import importlib.machinery
import re
import shlex
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from .messages import Message, message

Kind = Literal["script", "function", "command", "address"]

MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
SCHEMES = ("tcp", "udp", "unix")
SCRIPTS = (".py", ".pyw")


class BadTarget(ValueError):
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
    (host, port, address). ``command`` is a program in any language; ``scheme``
    and ``address`` name a server that already runs.
    """

    spec: str
    kind: Kind
    name: str
    root: Path | None = None
    path: Path | None = None
    module: str = ""
    function: str = ""
    takes: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    scheme: str = ""
    address: tuple[str, int] = ("", 0)

    @property
    def told(self) -> bool:
        """True when the program is told its address and has to use it."""
        if self.kind == "command":
            return any("{port}" in word or "{host}" in word for word in self.command)
        return self.kind == "function" and bool(self.takes)


def find(spec: str, *, folder: Path, functions: Collection[str] = ()) -> list[Target]:
    """Return the targets that ``spec`` names, seen from ``folder``.

    ``functions`` are the names that the naming rule gives to functions; a
    module that defines some of them is graded function by function.

    Raises:
        BadTarget: nothing can be graded under that name.
    """
    if spec.startswith("cmd:"):
        return [_command(spec, folder)]
    if spec.partition("://")[0] in SCHEMES and "://" in spec:
        return [_address(spec)]
    path = folder / spec
    if path.exists():
        return [_script(spec, path)]
    if glob.has_magic(spec):
        return _matching(spec, folder)
    if spec.endswith(SCRIPTS) or "/" in spec or "\\" in spec:
        raise BadTarget(
            message("{spec} does not exist in {folder}", spec=spec, folder=str(folder))
        )
    return _module(spec, folder, functions)


def _matching(spec: str, folder: Path) -> list[Target]:
    found = sorted(glob.glob(spec, root_dir=folder, recursive=True))
    if not found:
        raise BadTarget(message("no file matches {spec} in {folder}", spec=spec, folder=str(folder)))
    return [_script(name, folder / name) for name in found]


def _script(spec: str, path: Path) -> Target:
    path = path.absolute()
    if path.is_dir():
        raise BadTarget(
            message("{spec} is a folder: name the program in it, such as {spec}/server.py",
                    spec=spec.rstrip("/\\"))
        )  # fmt: skip
    if path.suffix not in SCRIPTS:
        raise BadTarget(
            message(
                "{spec} is no Python script (its name does not end in .py); "
                "a program in another language is graded with --target 'cmd:COMMAND'",
                spec=spec,
            )
        )
    try:
        head = path.read_bytes()[:4096]
    except OSError as error:
        raise BadTarget(
            message("{spec} can't be read: {why}", spec=spec, why=error.strerror)
        ) from error
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadTarget(message("{spec} is no text file: it holds binary data", spec=spec))
    return Target(spec=spec, kind="script", name=path.stem, root=path.parent, path=path)


def _command(spec: str, folder: Path) -> Target:
    try:
        words = tuple(shlex.split(spec.removeprefix("cmd:"), posix=sys.platform != "win32"))
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
    try:
        parts = urlsplit(spec)
        port = parts.port
    except ValueError as error:
        raise BadTarget(
            message("{spec} is no address: {why}", spec=spec, why=str(error))
        ) from error
    if parts.scheme == "unix":
        return Target(
            spec=spec, kind="address", name="", scheme="unix", address=(parts.path, 0)
        )
    if not parts.hostname or port is None:
        raise BadTarget(
            message("{spec} needs a host and a port, such as tcp://127.0.0.1:9000", spec=spec)
        )
    return Target(
        spec=spec, kind="address", name="", scheme=parts.scheme, address=(parts.hostname, port)
    )


def _module(spec: str, folder: Path, functions: Collection[str]) -> list[Target]:
    name, _, function = spec.partition(":")
    if not MODULE.fullmatch(name) or (function and not function.isidentifier()):
        raise BadTarget(
            message("{spec} is neither a file in {folder} nor the name of a module",
                    spec=spec, folder=str(folder))
        )  # fmt: skip
    root, path = _locate(name, folder)
    target = Target(spec=spec, kind="script", name=name.rpartition(".")[2], root=root, path=path,
                    module=name)  # fmt: skip
    defined = _functions(path)
    if function:
        if function not in defined:
            raise BadTarget(
                message("{module} has no function {function} at its top level; it has {names}",
                        module=name, function=function, names=", ".join(defined) or "none")
            )  # fmt: skip
        return [_function(target, function, defined[function])]
    named = [n for n in defined if n in functions]
    if not named:
        return [target]
    return [replace(_function(target, n, defined[n]), spec=f"{spec}:{n}") for n in named]


def _function(target: Target, name: str, parameters: list[str]) -> Target:
    return replace(
        target, kind="function", name=name, function=name, takes=_takes(target.spec, parameters)
    )


def _takes(spec: str, parameters: list[str]) -> tuple[str, ...]:
    if not parameters:
        return ()
    if len(parameters) == 1:
        return ("address",) if "addr" in parameters[0].lower() else ("port",)
    if len(parameters) == 2:
        return ("host", "port")
    raise BadTarget(
        message("{spec} needs {count} arguments; a graded function takes (host, port)",
                spec=spec, count=len(parameters))
    )  # fmt: skip


def _locate(name: str, folder: Path) -> tuple[Path, Path]:
    """Return the folder a module is imported from and its file, importing nothing."""
    for root in [str(folder), *sys.path]:
        search: Iterable[str] | None = [root or str(folder)]
        found = None
        for i in range(name.count(".") + 1):
            part = ".".join(name.split(".")[: i + 1])
            found = importlib.machinery.PathFinder.find_spec(part, list(search or []))
            if found is None:
                break
            search = found.submodule_search_locations
        if found is not None and found.origin and found.origin.endswith(SCRIPTS):
            path = Path(found.origin)
            if path.name == "__init__.py" and (path.parent / "__main__.py").exists():
                path = path.parent / "__main__.py"
            return Path(root or folder).absolute(), path.absolute()
    raise BadTarget(
        message("there is no module {name} in {folder}, and no file {name}.py",
                name=name, folder=str(folder))
    )  # fmt: skip


def _functions(path: Path) -> dict[str, list[str]]:
    """Return the top-level functions of a file with their required parameters."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        node.name: _required(node.args) for node in tree.body if isinstance(node, ast.FunctionDef)
    }


def _required(arguments: ast.arguments) -> list[str]:
    positional = [*arguments.posonlyargs, *arguments.args]
    names = [argument.arg for argument in positional]
    return names[: 2 if len(names) - len(arguments.defaults) <= 2 else None]


