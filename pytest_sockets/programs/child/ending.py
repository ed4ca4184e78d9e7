"""How a program ends: its status, its last words, its exit functions.

Knows what the interpreter does after the last line of ``__main__``; does the
same without taking apart what was preloaded, which costs a warm interpreter
most of the time of a program.
"""

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from typing import Any, Callable

from . import frames

FLUSH_FAILED = 120
INTERRUPTED = -2
"""Stands for the end by SIGINT, which is how Python ends after a KeyboardInterrupt."""


def outcome(start: Callable[[], None]) -> int:
    """Call ``start`` and return the exit status that it leads to, with its traceback printed."""
    try:
        start()
    except SystemExit as end:
        return _status(end.code)
    except BaseException as error:
        failure = error
    else:
        return 0
    # Outside of the handler, so that an error in the program's hook stands alone.
    frames.leave_out(failure)
    return _print(failure)


def end(status: int) -> None:
    """End this process as Python ends: threads, exit functions, objects, streams."""
    try:
        _quietly(threading._shutdown)  # type: ignore[attr-defined]
        _quietly(atexit._run_exitfuncs)
        if threading.active_count() == 1:
            _clear(sys.modules["__main__"].__dict__)
            gc.collect()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except BaseException:
        status = FLUSH_FAILED
    finally:
        _leave(status)


def _leave(status: int) -> None:
    if status == INTERRUPTED and os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(status & 0xFF)


def _print(error: BaseException) -> int:
    """Print ``error`` as the interpreter does, through the program's own hook if it has one."""
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except SystemExit as other:
        return _status(other.code)
    except BaseException as second:
        frames.leave_out(second)
        _print_both(second, error)
    return INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1


def _print_both(second: BaseException, error: BaseException) -> None:
    sys.stderr.write("Error in sys.excepthook:\n")
    sys.__excepthook__(type(second), second, second.__traceback__)
    sys.stderr.write("\nOriginal exception was:\n")
    sys.__excepthook__(type(error), error, error.__traceback__)


def _status(code: Any) -> int:
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    _quietly(lambda: sys.stderr.write("{}\n".format(code)))
    return 1


def _quietly(call: Callable[[], Any]) -> None:
    """Call it; an error in it changes nothing about the end, as in the interpreter."""
    with contextlib.suppress(BaseException):
        call()


def _clear(names: Any) -> None:
    """Let go of a module's objects in the interpreter's order: ``_private`` ones first."""
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and private == (name[:1] == "_" and name[1:2] != "_"):
                names[name] = None
