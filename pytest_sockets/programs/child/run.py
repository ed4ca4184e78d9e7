"""Runs one program in this process, as it stands, and ends as Python ends.

Knows the request of the harness (a dict, see ``programs/request.py``) and the
kinds of Python targets. Does not know what is expected of the program.
"""

import builtins
import json
import os
import signal
import sys
import types
from typing import Any, Dict, List, Optional

from . import (
    at_start,
    calls,
    confine,
    ending,
    files,
    frames,
    names,
    sockets,
    streams,
    surroundings,
)
from .addresses import Addresses
from .paths import Paths
from .trace import Trace

TRACE = 250
"""The trace's descriptor, out of the way of what a program opens."""


def main(arguments: List[str]) -> None:
    """Run the request that is the one argument, in JSON; does not return."""
    request = json.loads(arguments[0])
    confine.confine(request)
    run(request)


def run(request: Dict[str, Any]) -> None:
    """Run the program of ``request`` and end this process with its exit status."""
    trace = Trace(descriptor(request["trace"]), request["root"])
    addresses = Addresses(request["ports"], request["peers"], mapped=request["mapped"])
    paths = Paths(request["sockets"], request["temporary"], request["peer_path"])
    sockets.wrapped().begin(addresses, paths, trace, request["caps"])
    map_files(request, paths)
    if request["mapped"]:
        names.install()
    streams.install(trace)
    frames.install()
    _forget_shadowed(_first(request))
    begin(request, trace)


def begin(request: Dict[str, Any], trace: Trace, code: Optional[types.CodeType] = None) -> None:
    """Run it now that everything is in its place; does not return.

    ``code`` is that of its file where that is known already.
    """
    os.chdir(request["folder"])
    _use_temporary(request["temporary"], home=request["confinement"] is not None)
    sys.argv = [request["path"]] + request["arguments"]
    sys.path[:] = [_first(request)] + [entry for entry in sys.path if entry]
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ending.end(ending.outcome(lambda: _start(request, trace, code)))


def map_files(request: Dict[str, Any], paths: Paths) -> None:
    """Map the paths of socket files in calls about files, where the program may make some."""
    if request["files"] or _speaks_of_unix(request["path"]):
        files.install(paths)


def _first(request: Dict[str, Any]) -> str:
    """Return the folder in which imports are looked for first."""
    return str(request["root"] if request["module"] else os.path.dirname(request["path"]))


def _speaks_of_unix(path: str) -> bool:
    """Tell whether the program's text names AF_UNIX, ``start_unix_server`` or the like."""
    try:
        with open(path, "rb") as file:
            return b"unix" in file.read().lower()
    except OSError:
        return False


def _use_temporary(folder: str, *, home: bool) -> None:
    """Have temporary files made in ``folder``, by this process and by what it starts.

    Where it is to be ``home``, too, files of the user are looked for there.
    """
    os.environ.update(surroundings.variables(folder, home=home))
    if "tempfile" in sys.modules:
        vars(sys.modules["tempfile"])["tempdir"] = None


def _start(request: Dict[str, Any], trace: Trace, code: Optional[types.CodeType]) -> None:
    calls.tell_where(trace)
    if request["kind"] == "call":
        # Before anything of the program runs that might connect in our place.
        calls.serve(calls.connect(request["calls"]), request)
        return
    if request["kind"] == "function":
        __import__(request["module"])
        function = getattr(sys.modules[request["module"]], request["function"])
        function(*_arguments(request))
        return
    main = types.ModuleType("__main__")
    main.__file__ = request["path"]
    main.__builtins__ = builtins  # type: ignore[attr-defined]
    if request["module"]:
        _import_parent(main, request["module"], request["path"])
    sys.modules["__main__"] = main
    exec(code or compiled(request["path"]), main.__dict__)


def compiled(path: str) -> types.CodeType:
    """Return the code of the program in the file ``path``."""
    with open(path, "rb") as file:
        source = file.read()
    return compile(source, path, "exec", dont_inherit=True)


def _import_parent(main: types.ModuleType, module: str, path: str) -> None:
    """Make relative imports work as ``python -m`` does: the package comes first."""
    package = module.rpartition(".")[0]
    if os.path.basename(path) == "__main__.py":
        package = module
    main.__package__ = package
    if package:
        __import__(package)


def _forget_shadowed(folder: str) -> None:
    """Forget modules of ours that a file beside the program has the name of.

    A plain interpreter would have found that file first, unless it had loaded
    the module already when it began.
    """
    for entry in os.listdir(folder):
        name, extension = os.path.splitext(entry)
        if name not in sys.modules or name in at_start:
            continue
        if extension == ".py" or os.path.exists(os.path.join(folder, entry, "__init__.py")):
            _forget(name)


def _forget(name: str) -> None:
    for loaded in list(sys.modules):
        if loaded == name or loaded.startswith(name + "."):
            del sys.modules[loaded]


def _arguments(request: Dict[str, Any]) -> List[Any]:
    named = {
        "host": request["host"],
        "port": request["port"],
        "address": (request["host"], request["port"]),
        "path": request["socket_path"],
    }
    return [named[name] for name in request["takes"]]


def descriptor(number: int) -> int:
    """Move the trace's descriptor to where it is out of the way, and return that."""
    if os.name == "nt":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_WRONLY)  # type: ignore[attr-defined,no-any-return]
    os.dup2(number, TRACE, inheritable=False)
    os.close(number)
    return TRACE
