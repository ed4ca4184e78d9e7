"""The scripts that repeat a failure, whatever was said in it: they compile, and say it again."""

from __future__ import annotations

import ast
import builtins
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from hypothesis import strategies as st

from pytest_sockets.messages import Message
from pytest_sockets.replay.folder import Failure, script
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Datagram, Event, Opened, Sent, Side

from .drawing import Draw, can_be_written
from .shown import WORDS, acted, ended, result
from .target import target

Said = defaultdict[int, bytes]
"""What was said on each connection, by its number."""

HERE = ("127.0.0.1", 1)


def replay(data: bytes) -> None:
    """A replay compiles, can be written, and says on each connection what was said there."""
    draw = Draw(data)
    role, transport = draw.one_of(["server", "client"]), draw.one_of(["tcp", "udp", "unix"])
    steps = [*_begun(role, transport), *(_step(draw, transport) for _ in range(draw.number(12)))]
    failed = replace(result(draw, 1), steps=steps, difference=None)
    failure = Failure(failed, _program(draw), transport, role)
    source = script(failure, "replay.py")
    if not isinstance(source, Message):
        assert can_be_written(source)
        assert _repeated(source) == _said(steps)


def _begun(role: str, transport: str) -> Iterator[Event]:
    """Yield how both conversations begin, which nobody can leave out."""
    side: Side = "program" if role == "client" else "peer"
    for number in (1, 2):
        if transport == "udp":
            yield Datagram(side=side, connection=number, local=HERE, remote=HERE, data=b"")
        else:
            yield Opened(side=side, connection=number, local=HERE, remote=HERE)


def _step(draw: Draw, transport: str) -> Event:
    """Return a step; most are things that we said."""
    side = draw.one_of(cast(Sequence[Side], ("peer", "peer", "program")))
    who: dict[str, Any] = {"side": side, "connection": 1 + draw.number(1), "note": None}
    size = draw.one_of([9, 9, 80, 400])
    if draw.number(3) == 3:
        return draw.one_of((acted,) if transport == "udp" else (acted, ended))(draw, who)
    if transport == "udp":
        return Datagram(**who, local=HERE, remote=HERE, data=draw.data(size))
    return Sent(**who, data=draw.data(size), piece=bool(draw.number(1)))


def _program(draw: Draw) -> Target:
    name = f"{draw.text(9)}.py".replace("\0", "")
    return draw.one_of([
        Target(spec=name, kind="script", name="server", path=Path(name).absolute()),
        Target(spec="m:f", kind="function", name="f", module="m", function="f", takes=("port",)),
        Target(spec="cmd:x", kind="command", name="x", command=(draw.text(9), "{port}")),
    ])  # fmt: skip


def _said(steps: Sequence[Event]) -> Said:
    said: Said = defaultdict(bytes)
    for event in steps:
        if isinstance(event, (Sent, Datagram)) and event.side == "peer" and event.data:
            said[event.connection] += event.data
    return said


def _repeated(source: str) -> Said:
    """Return what a replay would say, without running what it does."""
    world: dict[str, object] = {"__name__": "replay", "__file__": "replay.py"}
    arguments, sys.argv = sys.argv, ["replay.py"]
    try:
        exec(compile(source, "replay.py", "exec", dont_inherit=True), world)
    finally:
        sys.argv = arguments
    every = list(ast.walk(_main(source)))
    own = {node.id for node in every if isinstance(node, ast.Name)
           and isinstance(node.ctx, ast.Store)}  # fmt: skip
    used = {node.id for node in every if isinstance(node, ast.Name)}
    assert used <= {*own, *world, *vars(builtins)}
    said: Said = defaultdict(bytes)
    for call in (node for node in every if isinstance(node, ast.Call)):
        words = [ast.unparse(each) for each in call.args]
        name = ast.unparse(call.func)
        if name in ("send", "send_beside", "send_pieces"):
            said[int(words[0][1:])] += eval(words[1], world)
        elif name.endswith(".sendto"):
            said[int(name.removesuffix(".sendto")[1:])] += eval(words[0], world)
    return defaultdict(bytes, {number: data for number, data in said.items() if data})


def _main(source: str) -> ast.FunctionDef:
    defined = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef)]
    return next(each for each in defined if each.name == "main")


TARGETS = {
    "replay": target(
        replay,
        b"\0\0\4\0\0\2\0\5hello\0\0\1\1\1\0\3you\1",
        inputs=st.binary(min_size=40, max_size=900) | WORDS,
    )
}
