"""A server that already runs: whether somebody is there is seen, or it is said that it is not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pytest_sockets import catalogue
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.roles import already
from pytest_sockets.targets import find


def results(runner: Runner, spec: str, exercise: str) -> list[Result]:
    """Return what comes of all behaviours."""
    target = find(spec, folder=Path.cwd())[0]
    grading = Grading(Assignment(target, catalogue.exercises()[exercise], "server"), runner, seed=5)
    return [grading.result(each) for each in grading.assignment.profile.behaviours]


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    """Somebody is bound here, and hears nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock


@pytest.mark.parametrize(
    ("scheme", "exercise"), [("tcp", "tcp-echo"), ("udp", "udp-echo"), ("udp", "udp-hello")]
)
def test_nobody_gets_no_points(
    scheme: str, exercise: str, runner: Runner, tcp_port: int, udp_port: int
) -> None:
    """An address that is free has neither bound nor listened, nor done anything else."""
    if scheme == "udp" and not runner.kernel:
        pytest.skip("nothing lists here who is bound")
    port = udp_port if scheme == "udp" else tcp_port
    found = results(runner, f"{scheme}://127.0.0.1:{port}", exercise)

    assert {each.outcome for each in found} <= {Outcome.FAILED, Outcome.BLOCKED}
    assert str(found[0].observed).startswith("nobody ")


def test_who_is_bound_is_seen(bound: socket.socket, runner: Runner) -> None:
    """Where the system shows it; elsewhere it is not judged."""
    binds, uses, *_ = results(runner, f"udp://127.0.0.1:{bound.getsockname()[1]}", "udp-echo")

    wanted = Outcome.PASSED if runner.kernel else Outcome.NOT_JUDGED
    assert (binds.outcome, uses.outcome) == (wanted, wanted)


def test_who_is_bound_is_not_judged_where_nobody_can_see_it(
    bound: socket.socket, portable_runner: Runner
) -> None:
    """Silence proves nothing: a datagram to nobody is silent too."""
    spec = f"udp://127.0.0.1:{bound.getsockname()[1]}"
    binds, uses, *_ = results(portable_runner, spec, "udp-hello")

    assert binds.outcome is uses.outcome is Outcome.NOT_JUDGED
    assert str(binds.reason) == "nothing here shows whether a server is bound there"


def test_a_name_stands_for_all_its_addresses(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Node listens on ::1 alone when it is told localhost, which is 127.0.0.1 as well."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        port = listener.getsockname()[1]
        both = [("127.0.0.1", port), ("::1", port)]
        monkeypatch.setattr(already, "_resolved", lambda *_: both)
        found = results(runner, f"tcp://localhost:{port}", "tcp-echo")

    assert found[0].outcome is Outcome.PASSED
    assert "the connection failed" not in str(found[1].observed)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("udp://a..b:9", "there is no host a..b: "),
        ("tcp://a..b:9", "there is no host a..b: "),
        ("udp://255.255.255.255:9", "there is no way to it: "),
    ],
)
def test_what_can_not_be_reached_is_told_as_such(spec: str, told: str, runner: Runner) -> None:
    """It is no error of ours, and nothing that a server did."""
    first = results(runner, spec, f"{spec[:3]}-echo")[0]

    assert first.outcome is Outcome.FAILED
    assert str(first.observed).startswith(told)


def test_an_explicit_address_is_not_another_one(runner: Runner) -> None:
    """Who listens on ::1 alone does not listen on 127.0.0.1."""
    if not socket.has_ipv6:
        pytest.skip("there is no IPv6 here")
    with closing(socket.create_server(("::1", 0), family=socket.AF_INET6)) as listener:
        found = results(runner, f"tcp://127.0.0.1:{listener.getsockname()[1]}", "tcp-echo")

    assert str(found[0].observed) == "nobody listens there"
