"""Start point of the child interpreter: ``python -I …/child site|run …``.

Knows how to make its own folder a package without leaving it in ``sys.path``, so
that no module of the program under test can be shadowed or shadow ours.
"""

import sys

AT_START = frozenset(sys.modules)

import importlib  # noqa: E402 - what the interpreter loads by itself has to be known first
import importlib.util  # noqa: E402
import os  # noqa: E402

PACKAGE = "_pytest_sockets_child"


def load(name: str) -> object:
    """Import module ``name`` of this folder as part of a private package."""
    folder = os.path.dirname(os.path.abspath(__file__))
    if PACKAGE not in sys.modules:
        sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != folder]
        spec = importlib.util.spec_from_file_location(
            PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
        )
        assert spec is not None
        assert spec.loader is not None
        package = importlib.util.module_from_spec(spec)
        sys.modules[PACKAGE] = package
        spec.loader.exec_module(package)
        vars(package)["at_start"] = AT_START
    return importlib.import_module(PACKAGE + "." + name)


if __name__ == "__main__":
    load(sys.argv[1]).main(sys.argv[2:])  # type: ignore[attr-defined]
