"""The formats in which a report can be written, by the name that the command line gives them.

Knows what each needs to be installed. Loads only what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from pytest_sockets.messages import Message, message

FORMATS = {
    "json": ("json_report", "to_json"),
    "html": ("html", "to_html"),
    "gradescope": ("gradescope", "to_gradescope"),
    "classroom": ("classroom", "to_classroom"),
    "gradebook": ("gradebook", "to_gradebook"),
}
"""Format to the module that makes it and the function there."""

AWAITED = ("gradescope", "classroom")
"""Formats that somebody else's machine waits for: a file is there from the start of a run."""

NEEDS = {"html": "jinja2"}
"""Format to the module that it needs besides ours."""


def renderer(name: str) -> Callable[..., str]:
    """Return what makes a report of scorecards in the format ``name``."""
    module, function = FORMATS[name]
    made: Callable[..., str] = getattr(import_module(f".{module}", __package__), function)
    return made


def missing(name: str) -> Message | None:
    """Return what is to be installed for the format ``name``, None when nothing is."""
    needed = NEEDS.get(name)
    if needed is None or find_spec(needed) is not None:
        return None
    return message(
        "--sockets-report {name} needs Jinja2: pip install 'pytest-sockets[{name}]'", name=name
    )
