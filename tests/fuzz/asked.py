"""Readers of what somebody writes on a command line or in a test: targets, faults, scripts."""

from __future__ import annotations

import contextlib
import math
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pytest_sockets import catalogue, folders
from pytest_sockets.catalogue import NoSuchExercise
from pytest_sockets.exercises import plain_name
from pytest_sockets.faults import Fault, Fragment, HalfClose, Lose, Reset
from pytest_sockets.faults.fault import Step
from pytest_sockets.faults.named import NAMED, fault_named, usage
from pytest_sockets.findings import Misuse
from pytest_sockets.languages import chosen
from pytest_sockets.scripts.client import destination, fitting
from pytest_sockets.scripts.steps import STEPS as KINDS
from pytest_sockets.scripts.steps import TRANSPORTS, Say, check
from pytest_sockets.targets import BadTarget, find
from pytest_sockets.wire.events import Datagram, Event, Sent

from .drawing import Draw, as_text
from .target import target

PROGRAM = b"def tcp_echo_server(host, port): pass\n"


def spec(data: bytes) -> None:
    """What is given as a target names programs, or a sentence says why it names none."""
    text = as_text(data[:300])
    if "**" in text or text.startswith(("/", "~")) or ".." in text:
        return  # that is all of this machine's own
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for program in ("server.py", "tcp_echo_server.py", "[a] b.py"):
            (folder / program).write_bytes(PROGRAM)
        with contextlib.suppress(BadTarget):
            for each in folders.expanded(text, folder):
                if folders.is_folder(each, folder):
                    assert folders.programs(each, folder, None)
            for found in find(text, folder=folder, functions=["tcp_echo_server"]):
                assert found.path is None or found.path.is_file()
                assert found.scheme != "unix" or found.address[0] == text.removeprefix("unix://")
                assert found.told in (True, False)


def exercise(data: bytes) -> None:
    """What is given as an exercise is one, or a sentence says which there are."""
    text = as_text(data).replace("/", "")
    with tempfile.TemporaryDirectory() as name, contextlib.suppress(NoSuchExercise):
        assert catalogue.exercise(text, Path(name)).name == text
    rule = catalogue.by_name(text)
    assert rule is None or plain_name(text).startswith(plain_name(rule[0]))
    assert catalogue.role_by_name(text) in (None, "server", "client")
    assert chosen(text) in ("en", "zh")


def fault(data: bytes) -> None:
    """What is given as a fault is one that plans, or a sentence says what is wrong with it."""
    text = as_text(data)
    with contextlib.suppress(Misuse):
        made = fault_named(text)
        if not re.search(r"[\d_]{4}|e[+]?\d", text):
            _plan(made)


def _plan(made: Fault) -> None:
    address = ("127.0.0.1", 1)
    story: list[Event] = [Sent(data=b"hello, world", connection=1), Sent(data=b"!", connection=1)]
    story += [Datagram(data=b"one", local=address, remote=address)] * 2
    for event in made.plan(story):
        seconds = getattr(event, "seconds", 0.0)
        assert seconds >= 0.0
        assert not math.isnan(seconds)


def script(data: bytes) -> None:
    """A script can be played over a transport, or a sentence names the step that can't."""
    draw = Draw(data)
    steps = draw.some(lambda: _step(draw))
    for transport in TRANSPORTS:
        with contextlib.suppress(Misuse):
            check(steps, transport, first=True)
    where: object = draw.one_of([draw.text(), (draw.text(), draw.number(9)), draw.number(9), None])
    with contextlib.suppress(Misuse):
        fitting(draw.one_of([*TRANSPORTS, "sctp"]), destination(where))


def _step(draw: Draw) -> Step:
    kind = draw.one_of(KINDS)
    faults = draw.some(lambda: draw.one_of([Fragment(1), HalfClose(), Reset(), Lose(0.5), 7]), 2)
    values = [draw.data(), draw.text(), draw.number(9), math.nan, None, re.compile(b"a*"), "x"]
    if kind is Say:
        pieces: list[Any] = draw.some(lambda: draw.one_of(values), 3)
        given: list[Any] = faults
        return Say(*pieces, faults=given)
    make: Callable[..., Step] = kind
    try:
        return make(draw.one_of(values))
    except (TypeError, Misuse):  # Reset and HalfClose are faults, which say so themselves
        return make()


USAGES = [usage(name).replace("N+N", "1+3").replace("=N", "=2").replace("=S", "=0.5").encode()
          for name in NAMED]  # fmt: skip
SPECS = (
    b"server.py", b"server.py --port {port}", b"*.py", b"tcp_echo_server:tcp_echo_server",
    b"cmd:node server.js {host} {port}", b"tcp://127.0.0.1:9000", b"unix:///tmp/a#b?c", b".",
    b"udp://[::1]:9", b"tour", b"*" + b"a" * 290, b"a" * 290 + b".py", b"[a] b.py", b"*\0",
)  # fmt: skip
NUMBERS = st.sampled_from(
    [b"nan", b"inf", b"-1", b"0", b"1e999", "٣".encode(), b"1+", b"+", b"9_9"]
)

TARGETS = {
    "spec": target(spec, *SPECS),
    "exercise": target(
        exercise, b"tcp-echo", b"TCP_Echo_Server_2", b"a" * 300 + b".py", b"\0.py", b"zh_CN.UTF-8",
        "服务器client".encode()),
    "fault": target(
        fault, *USAGES, b"half-close:after=3", inputs=st.builds(
            lambda text, number: re.sub(rb"=[^,]*", b"=" + number, text),
            st.sampled_from(USAGES), NUMBERS)),
    "script": target(script, b"\x03\1\1\1\3abc", inputs=st.binary(min_size=20, max_size=80)),
}  # fmt: skip
