"""What a module holds, read from its source: it is never imported by the harness.

Knows where Python finds a module and which functions its file defines. Does not
know exercises, nor what a target is.
"""

from __future__ import annotations

import ast
import importlib.machinery
import sys
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from .messages import Message, message

SCRIPTS = (".py", ".pyw")
ADDRESS_WORDS = ("host", "port", "addr", "ip")

MOST_BYTES = 200_000
"""Bytes of source that are parsed: more of it can overflow the stack of Python 3.10."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Functions = Mapping[str, Definition]


def locate(name: str, folder: Path) -> tuple[Path, Path] | None:
    """Return the folder a module is imported from and its file, None when there is no such file.

    ``folder`` is searched before ``sys.path``.
    """
    for root in [str(folder), *sys.path]:
        search: Iterable[str] | None = [root or str(folder)]
        found = None
        for part in name.split("."):
            # By its last name alone: of a folder without __init__.py Python looks its parent up.
            found = importlib.machinery.PathFinder.find_spec(part, list(search or []))
            if found is None:
                break
            search = found.submodule_search_locations
        if found is not None and found.origin and found.origin.endswith(SCRIPTS):
            return Path(root or folder).absolute(), Path(found.origin).absolute()
    return None


def functions_of(path: Path) -> Functions | None:
    """Return the functions at the top level of a file; None when it can't be compiled here."""
    try:
        tree = _parsed(path)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return {
        node.name: node
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def names_in(path: Path) -> set[str]:
    """Return the names that a file binds outside of its functions and classes; none if unreadable.

    A function may be assigned, imported or defined within an ``if`` as well.
    """
    try:
        tree = _parsed(path)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found, waiting = set[str](), list[ast.AST](tree.body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                found.add(name)
                continue
            case ast.Lambda():
                continue
            case ast.alias(name, asname):
                found.add(asname or name)
            case ast.Name(name, ast.Store()):
                found.add(name)
        waiting += ast.iter_child_nodes(node)
    return found


def _parsed(path: Path) -> ast.Module:
    with path.open("rb") as file:
        source = file.read(MOST_BYTES + 1)
    if len(source) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} bytes")
    with warnings.catch_warnings():
        # What Python thinks of a student's escapes is no business of who reads names.
        warnings.simplefilter("ignore")
        return ast.parse(source)


def takes(function: Definition) -> tuple[str, ...] | Message:
    """Return what the function is called with, in order: host, port, address.

    A message says why it can't be called so.
    """
    if isinstance(function, ast.AsyncFunctionDef):
        return message("it is a coroutine function: name one that runs it with asyncio.run")
    parameters = _to_fill(function.args)
    if len(parameters) > 2 or None in function.args.kw_defaults:
        return message("it has to take (host, port), (port), (address) or nothing")
    if len(parameters) == 1:
        return ("address",) if "addr" in parameters[0].lower() else ("port",)
    swapped = ["port" in parameter.lower() for parameter in parameters] == [True, False]
    return (("port", "host") if swapped else ("host", "port")) if parameters else ()


def _to_fill(arguments: ast.arguments) -> list[str]:
    """Return the parameters that get a value: the required ones, and a default host or port."""
    names = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args]]
    required = len(names) - len(arguments.defaults)
    filled = names[:required]
    for name in names[required:2]:
        if not any(word in name.lower() for word in ADDRESS_WORDS):
            break
        filled.append(name)
    return filled
