"""Start point of the child interpreter: ``python -I …/child site|run …``.

Knows how to make its own folder a package without touching ``sys.path``, so
that no module of the program under test can be shadowed or shadow ours.
"""

import importlib
import importlib.util
import os
import sys

PACKAGE = "_pytest_sockets_child"


def load(name):
    # type: (str) -> object
    """Import module ``name`` of this folder as part of a private package."""
    if PACKAGE not in sys.modules:
        folder = os.path.dirname(os.path.abspath(__file__))
        spec = importlib.util.spec_from_file_location(
            PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
        )
        assert spec is not None and spec.loader is not None
        package = importlib.util.module_from_spec(spec)
        sys.modules[PACKAGE] = package
        spec.loader.exec_module(package)
    return importlib.import_module(PACKAGE + "." + name)


if __name__ == "__main__":
    load(sys.argv[1]).main(sys.argv[2:])  # type: ignore[attr-defined]
