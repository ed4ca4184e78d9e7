"""Calls one function of the program for the harness, and tells what came of each call.

Knows how a file is imported, the harness's end of the connection (lines of
JSON) and how a value is told: as the text of a Python literal, so that nothing
of the program is ever unpickled. Does not know what is expected of the function.
"""

import _socket
import inspect
import json
import os
import signal
import sys
import traceback
import types
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from .trace import Trace

HERE = "returns"
"""The call that the trace tells of a function that was asked where it is."""

HOST = "127.0.0.1"
LONGEST = 1 << 16
"""Characters of a value that are told; what is longer is told of, and cut."""
SHOWN = 400
DEEPEST = 20
MOST_NAMES = 20
PIECE = 65536
EXACT: Any = ((str, str.__str__), (int, int.__int__), (float, float.__float__))
"""Types that others are made from, such as enums, and what makes a value of them plain."""

Document = Dict[str, Any]
Place = Tuple[Optional[str], Optional[int]]
"""File, relative to the program's folder, and line."""


def tell_where(trace: Trace) -> None:
    """Tell the trace on which line the program is, whenever SIGUSR1 asks for it."""
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, lambda *_: trace.write(HERE, None, result="not yet"))


def connect(port: int) -> Any:
    """Return the connection to the harness, which no wrapper of ``socket`` knows of."""
    connection = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    connection.connect((HOST, port))
    return connection


def serve(connection: Any, request: Document) -> None:
    """Import what ``request`` names, and call its function until the harness hangs up.

    The first line that goes out introduces the function. Each line that comes
    is a JSON list of arguments, and is answered by one.
    """
    module = _imported(request)
    root = request["root"].rstrip(os.sep) + os.sep
    function = getattr(module, request["function"], None)
    _send(connection, _introduction(module, function))
    for line in _lines(connection):
        _send(connection, _answer(function, json.loads(line), root))


def _imported(request: Document) -> types.ModuleType:
    """Import the module, or the script under the name of its file, as ``import`` would."""
    if request["module"]:
        __import__(request["module"])
        return sys.modules[request["module"]]
    path = request["path"]
    name = os.path.splitext(os.path.basename(path))[0]
    module = sys.modules[name] = types.ModuleType(name)
    module.__file__ = path
    with open(path, "rb") as file:
        source = file.read()
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    return module


def _lines(connection: Any) -> Iterator[bytes]:
    pending = b""
    while True:
        while b"\n" not in pending:
            piece = connection.recv(PIECE)
            if not piece:
                return
            pending += piece
        line, _, pending = pending.partition(b"\n")
        yield line


def _send(connection: Any, document: Document) -> None:
    try:
        connection.sendall(json.dumps(document).encode() + b"\n")
    except OSError:
        raise SystemExit("a descriptor was closed that the program had not opened") from None


def _introduction(module: types.ModuleType, function: Any) -> Document:
    """Return what can be said of the function before it is called."""
    names = [
        name
        for name, value in list(vars(module).items())
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__
    ]
    return {
        "type": None if function is None else type(function).__name__,
        "callable": callable(function),
        "coroutine": inspect.iscoroutinefunction(function),
        "functions": names[:MOST_NAMES],
    }


def _answer(function: Any, arguments: List[Any], root: str) -> Document:
    """Call the function and return what came of it."""
    takes = _misfit(function, arguments)
    if takes is not None:
        return {"takes": takes}
    watched = _Watched(function)
    try:
        value = watched.call(arguments)
    except BaseException as error:
        file, line = _raised_at(error, root)
        names = [each.__name__ for each in type(error).__mro__]
        return {"raised": names, "shown": _error_text(error), "file": file, "line": line}
    return {**_told(value), **watched.place(root)}


def _misfit(function: Any, arguments: List[Any]) -> Optional[str]:
    """Return the parameters of a function that does not take ``arguments``, None of one that does.

    None as well where nobody knows what it takes.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*arguments)
    except TypeError:
        return str(signature)[:SHOWN]
    return None


class _Watched:
    """One call of a function, and the line on which it returned.

    The interpreter tells of returns (sys.settrace) for the function's own frame
    only; nothing is told for each line.
    """

    def __init__(self, function: Any) -> None:
        self.line: Optional[int] = None
        self.code = getattr(inspect.unwrap(function), "__code__", None)
        self._function = function

    def call(self, arguments: List[Any]) -> Any:
        """Return what the function returns for ``arguments``."""
        before = sys.gettrace()
        sys.settrace(self._entered)
        try:
            return self._function(*arguments)
        finally:
            sys.settrace(before)

    def place(self, root: str) -> Document:
        """Return file and line of the return, where that is the program's own."""
        file = _relative(self.code.co_filename, root) if self.code else None
        return {"file": file, "line": self.line if file else None}

    def _entered(self, frame: Any, _event: str, _argument: Any) -> Optional[Callable[..., Any]]:
        if frame.f_code is not self.code:
            return None
        frame.f_trace_lines = False
        return self._left

    def _left(self, frame: Any, event: str, _argument: Any) -> Callable[..., Any]:
        if event == "return":
            self.line = frame.f_lineno
        return self._left


def _raised_at(error: BaseException, root: str) -> Place:
    """Return the program's own line from which the error came; of several the deepest."""
    found: Place = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = _relative(frame.f_code.co_filename, root)
        if file:
            found = (file, line)
    return found


def _relative(file: str, root: str) -> Optional[str]:
    return file[len(root) :] if file.startswith(root) else None


def _error_text(error: BaseException) -> str:
    try:
        lines = traceback.format_exception_only(type(error), error)
        return lines[-1].strip()[:SHOWN]
    except Exception:
        return type(error).__name__


def _told(value: Any) -> Document:
    """Return a value as the harness is told of it: its type, its literal, its looks."""
    told: Document = {"type": type(value).__name__, "literal": None}
    try:
        literal = repr(_plain(value, DEEPEST))
        told["shown"] = literal[:SHOWN]
        if len(literal) <= LONGEST:
            told["literal"] = literal
    except Exception:
        told["shown"] = _looks(value)
    return told


def _plain(value: Any, depth: int) -> Any:
    """Return ``value`` made of exactly the types that a literal can hold.

    Raises:
        ValueError: it holds something else, or is nested too deeply.
    """
    if value is None or type(value) in (bool, bytes):
        return value
    for kind, exact in EXACT:
        if isinstance(value, kind):
            return exact(value)
    if depth and isinstance(value, (list, tuple)):
        kind = list if isinstance(value, list) else tuple
        return kind([_plain(item, depth - 1) for item in value])
    if depth and isinstance(value, dict):
        return {_plain(k, depth - 1): _plain(v, depth - 1) for k, v in value.items()}
    raise ValueError("no literal")


def _looks(value: Any) -> str:
    try:
        return repr(value)[:SHOWN]
    except Exception:
        return "<{}>".format(type(value).__name__)
