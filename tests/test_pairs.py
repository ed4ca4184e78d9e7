"""Server and client of one folder talk with each other, and it is graded how they manage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from together import Two, agreed, graded, gradings_of, references, with_mistake

from pytest_sockets import catalogue
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

REFERENCES = list(references())
AGREED = list(agreed())

BLAMED = [
    ("tcp-hello", "client", "receives_first", "PAR-01", "speaks-first"),
    ("tcp-greeting", "server", "prints_nothing", "PAR-01", "prints-the-answer"),
    ("tcp-length-prefix", "client", "network_byte_order", "PAR-01",
     "recovers-the-length-from-the-header"),
    ("tcp-greeting", "client", "greeting_timeout", "PAR-02", "waits-for-the-greeting"),
    ("tcp-length-prefix", "client", "single_recv_for_the_header", "PAR-03",
     "collects-the-whole-header"),
    ("tcp-length-prefix", "client", "throws_the_rest_away", "PAR-04", "takes-stuck-messages-apart"),
    ("tcp-echo-loop", "server", "one_client_only", "PAR-05", "serves-one-client-after-the-other"),
    ("udp-echo", "server", "answers_the_first_client_only", "PAR-05", "answers-the-sender"),
]  # fmt: skip
"""A mistake, the first thing that its pair does not manage, and what is to be mended first."""


@pytest.mark.parametrize("two", REFERENCES, ids=lambda two: two.id)
def test_the_reference_programs_understand_each_other(
    two: Two, tmp_path: Path, runner: Runner
) -> None:
    """They have full marks together, however their messages arrive."""
    results = graded(two, tmp_path, runner)

    assert {r.outcome for r in results.values()} == {Outcome.PASSED}, results
    assert sum(result.points for result in results.values()) == 100


@pytest.mark.parametrize(
    "two", [two for two in REFERENCES if two.exercise in ("tcp-echo-loop", "udp-echo")],
    ids=lambda two: two.id,
)  # fmt: skip
def test_they_do_so_the_portable_way(two: Two, tmp_path: Path, portable_runner: Runner) -> None:
    """Without the kernel's proofs, for one exercise of each transport."""
    results = graded(two, tmp_path, portable_runner)

    assert {result.outcome for result in results.values()} == {Outcome.PASSED}, results


@pytest.mark.parametrize("two", AGREED, ids=lambda two: two.id)
def test_what_two_programs_agree_on_is_theirs(two: Two, tmp_path: Path, runner: Runner) -> None:
    """They manage all but what is declared, whatever the exercise asks of each of them."""
    results = graded(two, tmp_path, runner)
    missed = {name for name, each in results.items() if each.outcome is not Outcome.PASSED}

    assert missed == two.declared


def test_a_protocol_of_their_own_costs_each_its_own_grade(tmp_path: Path, runner: Runner) -> None:
    """Both write and read lengths in network byte order: only together they do well."""
    (two,) = (two for two in AGREED if two.name == "network_order")
    gradings = gradings_of(two, tmp_path, runner)
    for role, name in (("server", "HDR-17"), ("client", "HDR-03"), ("pair", "PAR-01")):
        behaviours = gradings[role].assignment.profile.behaviours
        (weighed,) = (each for each in behaviours if each.behaviour.catalogue == name)
        wanted = Outcome.PASSED if role == "pair" else Outcome.FAILED
        assert gradings[role].result(weighed).outcome is wanted


@pytest.mark.parametrize(("exercise", "role", "name", "missed", "mend"), BLAMED)
def test_the_program_that_fails_alone_is_to_be_mended_first(
    exercise: str, role: str, name: str, missed: str, mend: str, tmp_path: Path, runner: Runner
) -> None:
    """What the two don't manage names what one of them fails by itself, and which one it is."""
    results = graded(with_mistake(exercise, role, name), tmp_path, runner)
    if not runner.kernel and results[missed].outcome is Outcome.NOT_JUDGED:
        pytest.skip(str(results[missed].reason))
    unmet = [result for result in results.values() if result.outcome is not Outcome.PASSED]

    assert unmet[0] is results[missed]
    assert {(result.outcome, result.blocked_by) for result in unmet} == {
        (Outcome.BLOCKED, f"{exercise}-{role}/{mend}")
    }


def test_two_that_do_not_fit_fail_although_each_may_do(tmp_path: Path, runner: Runner) -> None:
    """A client that connects for every line does not fit a server for one client."""
    two = with_mistake("tcp-echo", "client", "new_connection_per_line")
    results = graded(two, tmp_path, runner)

    assert results["PAR-01"].outcome is Outcome.FAILED
    assert "ConnectionResetError" in str(results["PAR-01"].observed)
    assert {e.side for e in results["PAR-01"].transcript} == {"client", "server"}
    assert results["PAR-03"].blocked_by == "tcp-echo-pair/understand-each-other"


def test_so_do_two_that_meet_at_a_socket_file(tmp_path: Path, runner: Runner) -> None:
    """There a reset can't be passed on: the nearest to it is the end of the stream."""
    two = with_mistake("unix-echo", "client", "new_connection_per_line")
    results = graded(two, tmp_path, runner)

    assert results["PAR-01"].outcome is Outcome.FAILED, results["PAR-01"].reason


def test_what_lies_in_the_way_of_a_file_makes_room(tmp_path: Path, runner: Runner) -> None:
    """A client that has made a folder of the file's name is one of the program's own ideas."""
    two = next(two for two in REFERENCES if two.exercise == "tcp-json-file")
    client = tmp_path / "makes_a_folder.py"
    text = two.client.read_text("utf-8")
    text = text.replace('name = os.path.basename(announcement["file_name"])',
                        'name = os.path.join(announcement["file_name"], "file")\n'
                        "        os.makedirs(os.path.dirname(name))")  # fmt: skip
    client.write_text(text, "utf-8")
    (tmp_path / "folder").mkdir()
    results = graded(replace(two, client=client), tmp_path / "folder", runner)

    assert {r.outcome for r in results.values()} == {Outcome.PASSED}, results


def test_the_same_seed_says_the_same(tmp_path: Path, runner: Runner) -> None:
    """Payloads come from the seed, and what crossed the wire does not depend on haste."""
    two = next(two for two in REFERENCES if two.exercise == "tcp-hmac-auth")
    said = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = graded(two, folder, runner)["PAR-03"]
        said.append([(event.name, len(getattr(event, "data", b""))) for event in result.transcript
                     if event.name in ("opened", "sent", "typed")])  # fmt: skip
    assert said[0] == said[1]


def test_every_behaviour_of_pairs_is_missed_by_one() -> None:
    """For each there is a pair above that does not manage it."""
    asked = {
        weighed.behaviour.catalogue
        for exercise in catalogue.exercises().values()
        if "pair" in exercise.profiles
        for weighed in exercise.profiles["pair"].behaviours
    }
    assert asked == {missed for _, _, _, missed, _ in BLAMED}


def test_every_exercise_with_two_roles_has_pairs() -> None:
    """Over TCP, UDP and AF_UNIX; the others have one role only."""
    without = [
        name
        for name, exercise in catalogue.exercises().items()
        if {"server", "client"} <= set(exercise.profiles) and "pair" not in exercise.profiles
    ]
    assert without == []
