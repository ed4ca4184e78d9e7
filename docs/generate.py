"""Writes the generated pages of the documentation: ``python docs/generate.py``.

Each is made twice, in English and in Chinese. What is not translated yet stays English,
and stands in ``docs/locale`` without a translation.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

import pytest_sockets
from pytest_sockets import events, faults, smallest, tour
from pytest_sockets.autograder import Asked, classroom_files, gradescope_zip
from pytest_sockets.behaviours import Role
from pytest_sockets.catalogue import exercises
from pytest_sockets.diagnosis import KNOWN
from pytest_sockets.fixtures.factories import ReferenceServers, ScriptedClients, ScriptedServers
from pytest_sockets.fixtures.proxies import FaultyProxies
from pytest_sockets.fixtures.started import Programs
from pytest_sockets.messages import Translate, same
from pytest_sockets.reports import tour_page
from pytest_sockets.reports.behaviours import render

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from documentation import Chinese, linked, translated  # noqa: E402 - lies beside the documentation

INTRODUCTION = """\
# Fixtures for any test

A test asks for them by name, with `pip install` of this package and nothing else: no target, no
option, no import. They start and stop by events, leave nothing behind, and cost nothing where they
are not used. Every example is a test that passes as it stands, after `from pytest_sockets import *`
and the imports of the standard library that it uses.

What went on is in the `transcript` of a proxy, a server, a scripted peer or a program, event by
event. The events have a module of their own, because a fault is called `Reset` as well:

```python
from pytest_sockets import events


def test_connects_again(faulty_proxy, tcp_echo_server):
    proxy = faulty_proxy(tcp_echo_server)
    proxy.to_client.add(Reset(after=3), connections=1)
    answers = []
    while not answers:
        with socket.create_connection(proxy.address) as client, contextlib.suppress(OSError):
            client.sendall(b"hello")
            answers.append(client.makefile("rb").read(5))
    assert answers == [b"hello"]
    assert proxy.accepted == 2
    assert [reset.connection for reset in proxy.transcript.of(events.Reset)] == [1]
    assert proxy.transcript.of(events.Sent)[0].data == b"hello"
```

Each has `at` (seconds since the transcript was opened), `side`, `connection` (a number, from 1),
`note` (a remark, or None) and what is its own:

| event | what happened | its own |
|---|---|---|
"""


FACTORIES = {
    "faulty_proxy": FaultyProxies,
    "program": Programs,
    "reference_server": ReferenceServers,
    "scripted_client": ScriptedClients,
    "scripted_server": ScriptedServers,
}
"""Fixtures that are called, with what is called."""

BASES = {events.Event, events.Left}
COMMON = {field.name for field in fields(events.Event)}


def fixtures_page(translate: Translate = same) -> str:
    """Return the page about the fixtures: the docstring of each, with its scope."""
    parts = [translated(INTRODUCTION, translate) + "".join(_events(translate))]
    for name, scope, docstring in fixtures():
        text, _, example = docstring.partition("Example:\n")
        text = translated(text.replace("``", "`").strip(), translate)
        parts.append(f"## {name}\n\n{_scoped(scope, translate)}{text}\n")
        if name in FACTORIES:
            parts.append(_called(name, FACTORIES[name], translate))
        if example:
            parts.append(f"```python\n{textwrap.dedent(example).strip()}\n```\n")
    return "\n".join(parts)


def _called(name: str, factory: type, translate: Translate) -> str:
    """Return how a fixture that is a factory is called, and what its arguments are."""
    _, *parameters = inspect.signature(factory.__call__).parameters.values()
    signature = inspect.Signature([each.replace(annotation=each.empty) for each in parameters])
    what = (inspect.getdoc(factory.__call__) or "").partition("\nRaises:")[0].replace("``", "`")
    return f"`{name}{signature}`\n\n{translated(what.strip(), translate)}\n"


def _events(translate: Translate) -> Iterator[str]:
    """Yield a row for each class of events."""
    for name in events.__all__:
        kind = getattr(events, name)
        if isinstance(kind, type) and issubclass(kind, events.Event) and kind not in BASES:
            first = (inspect.getdoc(kind) or "").partition("\n")[0].rstrip(".")
            happened = translate(first.replace("``", "`"))
            own = (f"`{field.name}`" for field in fields(kind) if field.name not in COMMON)
            yield f"| `{name}` | {happened} | {', '.join(own)} |\n"


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
`rate` from 0 to 1; what chance decides depends on `seed` only.

On which connections? On all, or with `proxy.to_client.add(Reset(after=3), connections=1)` on the
first one only: a number counts connections from the first that was made, and `connections=(2, 5)`
names them by their numbers, which are those in the transcript. `proxy.accepted` is how many there
were so far, so `connections=(proxy.accepted + 1,)` is the next one. Over UDP each client is one.

The receipt says what a fault was given and what it made of it; `to_server.apart` counts the pieces
of which the kernel proved that the receiver had taken them before the next was sent.
"""


def faults_page(translate: Translate = same) -> str:
    """Return the page about the faults: what each does, and how faithful it is."""
    parts = [translated(FAULTS, translate)]
    for kind in FAULT_KINDS:
        _, _, faithful = (sys.modules[kind.__module__].__doc__ or "").partition("\n\n")
        does = (inspect.getdoc(kind) or "").partition("\nRaises:")[0]
        text = f"{does.strip()}\n\n**Faithful?** {faithful.strip()}\n".replace("``", "`")
        signature = f"{kind.__name__}({', '.join(_parameters(kind))})"
        parts.append(f"## {kind.__name__}\n\n`{signature}`\n\n{translated(text, translate)}")
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


DIAGNOSIS = """\
# What a program behaves like

A failure is explained twice more, where that is possible. Neither changes an outcome or a point.

**limit** says where the failure begins. The same behaviour is asked again, of fresh programs and
with the same random numbers, with less: fewer bytes, characters, messages, clients or pieces. Two
amounts are told, and both were tried: with one the program was right, with the other wrong. There
are {runs} more runs at most, and none where only a deadline speaks against the program, or where
the program is a server that runs already.

**likely** says which known mistake the pattern fits: which behaviour is the first to fail, how, and
what the program's own socket calls were. It is a likelihood and no fact: another mistake may look
the same. Where two known mistakes fit, nothing is said.

How often is that right? `tests/mistakes` holds {all} small programs with one mistake each. {right}
of them ({percent} %) have to be told as what they are like, which is named in their first lines;
the other {silent} have to be told nothing. A test of each program proves both, so none is told as
what it is not. The table was made with these programs: with others the share will be lower.

| mistake | the program … | programs |
|---|---|---|
"""


def diagnosis_page(translate: Translate = same) -> str:
    """Return the page about the known mistakes: how many programs prove each."""
    like = [
        found[1] if found else None
        for path in sorted((HERE.parent / "tests" / "mistakes").glob("*/*/*.py"))
        for found in [re.search(r"^Fails:.*\(like: ([\w-]+)\)$", _text_of(path), re.MULTILINE)]
    ]
    counted = Counter(like)
    silent = counted.pop(None)
    right = sum(counted.values())
    head = translated(DIAGNOSIS, translate).format(
        runs=smallest.MOST_RUNS, all=len(like), right=right, silent=silent,
        percent=round(100 * right / len(like)),
    )  # fmt: skip
    return head + "".join(
        f"| {known.slug} | {known.does.render(translate)} | {counted[known.slug]} |\n"
        for known in KNOWN
    )


def autograders() -> dict[Path, bytes]:
    """Return the ready-made autograders of the examples, by their paths."""
    package = f"pytest-sockets=={version('pytest-sockets')}"
    programs: dict[Role, str] = {"server": "server.py", "client": "client.py"}
    asked = Asked(exercises()["tcp-echo"], programs, package, version("pytest-sockets"))
    folder = HERE.parent / "examples" / "autograders"
    files = classroom_files(asked, same)
    return {
        folder / "gradescope_tcp_echo.zip": gradescope_zip(asked, same),
        **{folder / "classroom_tcp_echo" / name: content for name, content in files.items()},
    }


def _text_of(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def _scoped(scope: str, translate: Translate) -> str:
    return translate(f"*Once for the whole {scope}.*") + " " if scope else ""


def pages(translate: Translate = same) -> dict[str, str]:
    """Return each page that is generated from the code, in the language of ``translate``."""
    return {
        "behaviours.md": render(exercises().values(), translate),
        "diagnosis.md": diagnosis_page(translate),
        "faults.md": faults_page(translate),
        "fixtures.md": fixtures_page(translate),
        "tour.md": tour_page.render(tour.exercise(), tour.code, translate),
    }


def main() -> None:
    """Write every page that is generated from the code, in both languages."""
    chinese = Chinese("generate")
    for path, page in linked(pages(), pages(chinese)).items():
        path.write_text(page, "utf-8")
    chinese.write()
    for path, content in autograders().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
