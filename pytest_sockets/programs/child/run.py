"""Runs one program in this process, as it stands, and ends as Python ends.

Knows the request of the harness (a dict, see ``programs/request.py``) and the
three kinds of Python targets. Does not know what is expected of the program.
"""

import atexit
import builtins
import gc
import importlib
import io
import json
import os
import signal
import sys
import threading
import traceback
import types
from typing import Any, Dict, List, Optional

from . import sockets
from .addresses import Addresses
from .trace import Trace


def main(arguments):
    # type: (List[str]) -> None
    """Run the request that is the one argument, in JSON; does not return."""
    run(json.loads(arguments[0]))


def run(request):
    # type: (Dict[str, Any]) -> None
    """Run the program of ``request`` and end this process with its exit status."""
    _standard_streams()
    os.chdir(request["folder"])
    trace = Trace(_descriptor(request["trace"]), request["root"])
    sockets.install(Addresses(request["ports"], request["peers"], request["mapped"]), trace)
    if request["mapped"]:
        sockets.install_names()
    _watch_keyboard(trace)
    sys.argv = [request["path"]] + request["arguments"]
    sys.path[:] = [request["root"]] + [entry for entry in sys.path if entry]
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _end(_outcome(request))


def _outcome(request):
    # type: (Dict[str, Any]) -> int
    try:
        _start(request)
    except SystemExit as end:
        return _exit_status(end.code)
    except BaseException as error:
        _print_traceback(error)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


def _start(request):
    # type: (Dict[str, Any]) -> None
    if request["kind"] == "function":
        module = importlib.import_module(request["module"])
        function = getattr(module, request["function"])
        function(*_arguments(request))
        return
    main = types.ModuleType("__main__")
    main.__file__ = request["path"]
    main.__builtins__ = builtins  # type: ignore[attr-defined]
    if request["module"]:
        main.__package__ = request["module"].rpartition(".")[0]
    else:
        sys.path[0] = os.path.dirname(request["path"])
    sys.modules["__main__"] = main
    with open(request["path"], "rb") as file:
        source = file.read()
    exec(compile(source, request["path"], "exec", dont_inherit=True), main.__dict__)


def _arguments(request):
    # type: (Dict[str, Any]) -> List[Any]
    named = {"host": request["host"], "port": request["port"],
             "address": (request["host"], request["port"])}
    return [named[name] for name in request["takes"]]


def _descriptor(number):
    # type: (int) -> int
    if os.name == "nt":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_WRONLY)  # type: ignore[attr-defined,no-any-return]
    high = 250
    os.dup2(number, high, False)
    os.close(number)
    return high


def _standard_streams():
    # type: () -> None
    # Unbuffered and in UTF-8, whatever the locale: what is printed is evidence.
    sys.stdin = io.TextIOWrapper(
        io.BufferedReader(io.FileIO(0, "r", closefd=False)), "utf-8", "surrogateescape")
    sys.stdout = io.TextIOWrapper(  # type: ignore[call-overload]
        io.FileIO(1, "w", closefd=False), "utf-8", "backslashreplace", write_through=True)
    sys.stderr = io.TextIOWrapper(  # type: ignore[call-overload]
        io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", write_through=True)
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = (  # type: ignore[misc]
        sys.stdin, sys.stdout, sys.stderr)


def _watch_keyboard(trace):
    # type: (Trace) -> None
    real = builtins.input

    def input(prompt=""):  # noqa: A001
        # type: (Any) -> str
        trace.write("input", 0, repr(str(prompt)), entered=True)
        line = real(prompt)
        trace.write("input", 0, repr(str(prompt)), repr(line))
        return line

    builtins.input = input


def _print_traceback(error):
    # type: (BaseException) -> None
    # Our frames stand between the interpreter and the program: leave them out,
    # here and in the exception itself, so that excepthooks of the program agree.
    own = os.path.dirname(os.path.abspath(__file__)) + os.sep
    shown = error.__traceback__  # type: Optional[types.TracebackType]
    while shown is not None and shown.tb_frame.f_code.co_filename.startswith(own):
        shown = shown.tb_next
    try:
        error.__traceback__ = shown
        if sys.excepthook is not sys.__excepthook__:
            sys.excepthook(type(error), error, shown)
        else:
            lines = traceback.format_exception(type(error), error, shown)
            sys.stderr.write("".join(_without(own, lines)))
    except BaseException:
        os.write(2, "{}: {}\n".format(type(error).__name__, error).encode("utf-8", "replace"))


def _without(own, lines):
    # type: (str, List[str]) -> List[str]
    return [line for line in lines if own not in line]


def _exit_status(code):
    # type: (Any) -> int
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _end(status):
    # type: (int) -> None
    """End as the interpreter ends, without taking apart what was preloaded."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        if threading.active_count() == 1:
            sys.modules["__main__"].__dict__.clear()
            gc.collect()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except SystemExit as end:
        status = _exit_status(end.code)
    except BaseException:
        status = status or 120
    finally:
        os._exit(status)
