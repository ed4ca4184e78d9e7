"""Writes the generated pages of the documentation: ``python docs/generate.py``."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest_sockets
from pytest_sockets import faults, tour
from pytest_sockets.catalogue import exercises
from pytest_sockets.reports import tour_page
from pytest_sockets.reports.behaviours import render

HERE = Path(__file__).parent


INTRODUCTION = """\
# Fixtures for any test

A test asks for them by name, with `pip install` of this package and nothing else: no target, no
option, no import. They start and stop by events, leave nothing behind, and cost nothing where they
are not used. Every example is a test that passes as it stands, after `from pytest_sockets import *`
and the imports of the standard library that it uses.
"""


def fixtures_page() -> str:
    """Return the page about the fixtures: the docstring of each, with its scope."""
    parts = [INTRODUCTION]
    for name, scope, docstring in fixtures():
        text, _, example = docstring.partition("Example:\n")
        parts.append(f"## {name}\n\n{_scoped(scope)}{re.sub('``', '`', text).strip()}\n")
        if example:
            parts.append(f"```python\n{textwrap.dedent(example).strip()}\n```\n")
    return "\n".join(parts)


def fixtures() -> Iterator[tuple[str, str, str]]:
    """Yield name, scope and docstring of each fixture, in the order of the code."""
    for path in sorted((Path(pytest_sockets.__file__).parent / "fixtures").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            for how in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                if isinstance(node, ast.FunctionDef) and "pytest.fixture" in ast.unparse(how):
                    scope = re.search(r"scope='(\w+)'", ast.unparse(how))
                    yield node.name, scope[1] if scope else "", ast.get_docstring(node) or ""


FAULTS = """\
# Faults

What can go wrong between two programs, on purpose and the same every time. A fault is a value. It
is given to `faulty_proxy(upstream, …)` for both directions, with `to_server=[…]` or `to_client=[…]`
for one, to a scripted peer, or to `connect()` and `accept()` of an exercise. Several apply in turn.

In a proxy faults come and go while it runs, and are counted:

```python
def test_retries_after_a_reset(faulty_proxy, tcp_echo_server):
    proxy = faulty_proxy(tcp_echo_server)
    with proxy.to_client.add(Reset(after=3)) as reset:
        with socket.create_connection(proxy.address) as client, pytest.raises(OSError):
            client.sendall(b"hello")
            while client.recv(100):
                pass
    assert reset.count == 1
    assert reset.receipt.made.size == 3
```

When does it begin? With what comes next, once it is added; behind so many bytes with `After`, or
with an argument of its own; and at once, on open connections where nobody speaks, with
`proxy.to_client.at_once(Reset())`. Datagrams are chosen by `numbers`, which count from 1, or by a
`rate` from 0 to 1; what chance decides depends on `seed` only. The receipt says what a fault was
given and what it made of it; `to_server.apart` counts the pieces of which the kernel proved that
the receiver had taken them before the next was sent.
"""


def faults_page() -> str:
    """Return the page about the faults: what each does, and how faithful it is."""
    parts = [FAULTS]
    for kind in FAULT_KINDS:
        _, _, faithful = (sys.modules[kind.__module__].__doc__ or "").partition("\n\n")
        does = inspect.getdoc(kind) or ""
        signature = f"{kind.__name__}({', '.join(_parameters(kind))})"
        text = does.partition("\nRaises:")[0].strip()
        told = f"`{signature}`\n\n{text}\n\n**Faithful?** {faithful.strip()}\n"
        parts.append(f"## {kind.__name__}\n\n{told.replace('``', '`')}")
    return "\n".join(parts)


FAULT_KINDS: list[type] = [
    getattr(faults, name)
    for name in faults.__all__
    if name != "Fault" and hasattr(getattr(faults, name), "plan")
]
OF_ITS_OWN = {"passed", "waiting"}
"""What a fault remembers; nobody gives it."""


def _parameters(kind: type) -> Iterator[str]:
    for name, parameter in inspect.signature(kind).parameters.items():
        if name not in OF_ITS_OWN:
            default = parameter.default
            yield name if default is parameter.empty else f"{name}={default!r}"


def _scoped(scope: str) -> str:
    return f"*Once for the whole {scope}.* " if scope else ""


def main() -> None:
    """Write every page that is generated from the code."""
    (HERE / "behaviours.md").write_text(render(exercises().values()), "utf-8")
    (HERE / "fixtures.md").write_text(fixtures_page(), "utf-8")
    (HERE / "faults.md").write_text(faults_page(), "utf-8")
    (HERE / "tour.md").write_text(tour_page.render(tour.exercise(), tour.code), "utf-8")


if __name__ == "__main__":
    main()
