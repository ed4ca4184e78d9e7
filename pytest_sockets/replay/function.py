"""The calls of a function that failed, as statements that import it and call it again.

Knows how a call is written in Python. Does not know the script around.
"""

from __future__ import annotations

import ast
from pathlib import PurePath

from pytest_sockets.messages import message
from pytest_sockets.results import Result
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Invoked

from .program import file_of
from .source import call, literal
from .statements import Statements


def calls(result: Result, target: Target) -> Statements | None:
    """Return the statements that call the function as in ``result``.

    None where it was never called, or with values too long to be told.
    """
    told = [event.call for event in result.steps if isinstance(event, Invoked)]
    trees = [_parsed(each) for each in told]
    written = [tree for tree in trees if tree is not None]
    if not told or len(written) < len(told):
        return None
    statements = Statements()
    statements.modules |= {"importlib", "os"}
    module = target.module or (target.path.stem if target.path else target.name)
    statements.say(message("import {module}", module=module))
    statements.lines.append('    sys.path.insert(0, os.path.abspath(FOLDER or "."))')
    statements.lines += call("importlib.import_module", literal(module), before="program = ")
    for text, tree in zip(told, written, strict=True):
        statements.say(message("call {call}", call=text))
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        statements.do("call", f"program.{name}", *map(_argument, tree.args))
    statements.say(message("expected: {expected}", expected=result.expected or ""))
    statements.say(message("when it was graded: {observed}", observed=result.observed or ""))
    return statements


def folder_of(target: Target) -> str:
    """Return the folder of the file as it was named: from where the grade was run."""
    if target.module or target.path is None:
        return ""
    parent = str(PurePath(file_of(target)).parent)
    return "" if parent == "." else parent


def _parsed(text: str) -> ast.Call | None:
    """Return a call as a tree, None where it was cut short."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    return tree if isinstance(tree, ast.Call) and not tree.keywords else None


def _argument(tree: ast.expr) -> str:
    """Return an argument in double quotes; inside of lists it is left as Python writes it."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, (str, bytes)):
        return literal(tree.value)
    return ast.unparse(tree).replace("'", '"')
