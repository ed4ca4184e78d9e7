"""What a program is forbidden before its first line runs, whatever program it is.

Knows the request of the harness, which says how far it goes here. Does not know
namespaces: those are made before the program's process is (see ``guardian``).
"""

from typing import Any, Dict

from . import limits


def confine(request: Dict[str, Any]) -> None:
    """Put in force what ``request["confinement"]`` says; with None nothing is forbidden.

    Its ``layers`` are some of "limits", "files" and "calls"; ``processes`` is how many
    there may be of its user, 0 for any number; ``writable`` are folders beside its own;
    with ``ports`` it reaches only those of the request over TCP.

    Raises:
        OSError: a layer can't be put in force.
    """
    wanted = request["confinement"]
    if wanted is None:
        return
    if "limits" in wanted["layers"]:
        limits.install(wanted["processes"], python=request["kind"] != "command")
    if "files" in wanted["layers"] or "calls" in wanted["layers"]:
        from . import machine

        machine.known().enforce(request)
