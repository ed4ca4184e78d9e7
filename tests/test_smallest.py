"""Where a failure begins: looked for in a few runs, and told as it was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from corpus import HERE, Homework, corpus, scorecard

from pytest_sockets import Fragment
from pytest_sockets.grading import Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome
from pytest_sockets.roles import Unit
from pytest_sockets.roles.ease import Ease
from pytest_sockets.smallest import MOST_RUNS, smallest

Asked = Mapping[Unit, tuple[int, int]]
LONG: Asked = {"bytes": (1, 100_000), "pieces": (1, 64)}


class Program:
    """A program that is right up to some amount of one unit; it counts how often it was asked."""

    def __init__(self, unit: Unit, most: int, asked: Asked) -> None:
        self.unit, self.most, self.asked = unit, most, asked
        self.runs = 0

    def passes(self, limits: Mapping[Unit, int]) -> bool:
        """Return whether it is right with these limits."""
        self.runs += 1
        return limits.get(self.unit, self.asked[self.unit][1]) <= self.most

    def told(self, hints: Sequence[int] = ()) -> str | None:
        """Return where its failure begins."""
        found = smallest(self.asked, self.passes, hints)
        return None if found is None else found.render()


@pytest.mark.parametrize(
    ("unit", "most", "asked", "told"),
    [
        ("bytes", 1024, LONG, "right with 1024 bytes in one piece, wrong with 1025 bytes"),
        ("bytes", 10, LONG, "right with 10 bytes in one piece, wrong with 11 bytes"),
        ("bytes", 51_200, LONG, "right with 32768 bytes in one piece, wrong with 65536 bytes"),
        ("pieces", 1, LONG, "right in one piece, wrong in 2 pieces"),
        ("pieces", 2, LONG, "right in 2 pieces, wrong in 3 pieces"),
        ("pieces", 40, LONG, None),
        ("messages", 1, {"messages": (1, 5)}, "right with 1 message, wrong with 2 messages"),
        ("clients", 3, {"clients": (1, 5)}, "right with 3 clients, wrong with 4 clients"),
        ("characters", 0, {"characters": (1, 9)}, None),
        ("bytes", 0, LONG, None),
    ],
)  # fmt: skip
def test_a_failure_begins_where_it_was_seen_to(
    unit: Unit, most: int, asked: Asked, told: str | None
) -> None:
    """Both amounts that are told were tried, and nothing is told when nothing helps."""
    program = Program(unit, most, asked)

    assert program.told() == told
    assert program.runs <= MOST_RUNS


def test_a_size_that_the_program_uses_is_tried_first() -> None:
    """A number that stands in a recv is where it often begins."""
    program = Program("bytes", 1500, LONG)

    assert program.told([1500]) == "right with 1500 bytes in one piece, wrong with 1501 bytes"


def test_what_can_t_be_judged_ends_the_search() -> None:
    """A run that proves nothing is no step."""
    assert smallest(LONG, lambda _: None) is None


def test_an_ease_without_limits_changes_nothing() -> None:
    """The behaviour itself is asked first."""
    ease, cut = Ease(), Fragment(at=(1, 2, 3))

    assert ease.up_to(900, "bytes", least=3) == 900
    assert ease.in_pieces(cut) == cut
    assert ease.in_pieces(Fragment(size=3)) == Fragment(size=3)
    assert ease.asked == {"bytes": (3, 900), "pieces": (1, 64)}


def test_an_ease_never_goes_below_what_makes_sense() -> None:
    """A limit lowers what is asked, down to its least."""
    ease = Ease({"bytes": 1, "pieces": 2})

    assert ease.up_to(900, "bytes", least=3) == 3
    assert ease.up_to(2, "bytes", least=3) == 2
    assert ease.in_pieces(Fragment(at=(1, 2, 3))) == Fragment(at=(1,))
    assert ease.in_pieces(Fragment(size=7)) == Fragment(at=(7,))


NARROWED = {
    "tcp-echo-server-receives_once": {
        "ECH-02": "right with 1 message, wrong with 2 messages",
        "DAT-07": "right in one piece, wrong in 2 pieces",
    },
    "tcp-echo-loop-server-two_clients_only": {
        "SRV-01": "right with 2 clients, wrong with 3 clients"
    },
    "tcp-length-prefix-client-at_most_1024_bytes": {
        "MSG-03": "right with 1024 bytes, wrong with 1025 bytes"
    },
    "tcp-length-prefix-client-single_recv_for_the_header": {
        "HDR-08": "right in one piece, wrong in 2 pieces"
    },
    "tcp-sticky-client-receives_twice": {"MSG-02": "right in 2 pieces, wrong in 3 pieces"},
    "udp-echo-server-cuts_at_ten_bytes": {"ECH-01": "right with 10 bytes, wrong with 11 bytes"},
    "tcp-echo-server-upper_case": {},
}


@pytest.mark.parametrize(
    "program", [p for p in corpus("mistakes", "Fails") if p.name in NARROWED], ids=lambda p: p.name
)
def test_a_failure_of_a_program_is_narrowed_down(program: Homework, runner: Runner) -> None:
    """Fresh programs are asked the same with less of what the behaviour is about."""
    told = {r.behaviour: r.smallest.render() for r in scorecard(program, runner).results
            if r.smallest}  # fmt: skip

    assert told == NARROWED[program.name]


def test_no_program_that_passes_is_asked_again(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What passes costs nothing more."""
    attempts = []
    ask = Grading._ask
    monkeypatch.setattr(
        Grading,
        "_ask",
        lambda *given: attempts.append(given[1]) or ask(*given),  # type: ignore[func-returns-value]
    )
    path = HERE.parent / "reference" / "tcp_sticky_client.py"
    card = scorecard(Homework(path, "tcp-sticky", "client", frozenset()), runner)

    assert [r.outcome for r in card.results] == [Outcome.PASSED]
    assert len(attempts) == 1


def test_a_deadline_is_narrowed_down_no_further(portable_runner: Runner) -> None:
    """Where only time speaks against a program, more of it would be waited for."""
    mistakes = {program.name: program for program in corpus("mistakes", "Fails")}
    program = mistakes["tcp-echo-server-accept_in_the_message_loop"]
    card = scorecard(program, portable_runner)

    late = [r for r in card.results if r.attempts > 1]
    assert "ECH-02" in {r.behaviour for r in late}
    assert not any(r.smallest for r in late)
