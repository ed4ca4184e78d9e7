"""Strangers' programs: whatever they try, they get the grade they deserve and nothing else."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator

import ordinary
import pytest
from attacks import Attack, answers, attack, lines, uncontained
from documentation import Chinese
from hostility import CONDITIONS, HERE, Hostile, hostiles, token
from translations import translations

from pytest_sockets.programs.containment import LAYERS, refusal
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

HOSTILES = hostiles()
EVIDENT = [each for each in HOSTILES if each.shows != "nothing"]
BESIDE_LAYERS = {"wire", "process", "output", "payloads"}
"""What stops a program without any layer: how a verdict is reached at all."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs are contained on Linux")


@pytest.fixture(scope="module", autouse=True)
def secret() -> Iterator[None]:
    """Whoever grades has a token in the environment."""
    with token():
        yield


@pytest.fixture(scope="module")
def strict(secret: None) -> Iterator[Runner]:
    """What grades strangers' programs; skips where the machine can't contain them in full."""
    made = Runner(private=True, containment="strict")
    if made.contained.missing:
        made.close()
        pytest.skip(f"this machine does not contain programs in full: {refusal(made.contained)}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def bare(secret: None) -> Iterator[Runner]:
    """What starts programs with nothing but a folder of their own."""
    made = Runner(portable=True, containment="off")
    yield made
    made.close()


@pytest.fixture(scope="module")
def earlier(strict: Runner) -> dict[str, str]:
    """What a grade with another seed has sent."""
    return answers(strict)


ONE_GRADE_FOR_ALL = [
    pytest.param(each, id=each.name, marks=pytest.mark.xdist_group(f"hostile {each.name}"))
    for each in HOSTILES
]


@pytest.fixture(scope="module", params=ONE_GRADE_FOR_ALL)
def hostile(request: pytest.FixtureRequest) -> Hostile:
    """A hostile program."""
    program: Hostile = request.param
    return program


@pytest.fixture(scope="module")
def attacked(hostile: Hostile, strict: Runner, earlier: dict[str, str]) -> Attack:
    """What came of its grade."""
    return attack(hostile, strict, earlier)


def test_its_grade_is_what_it_deserves(hostile: Hostile, attacked: Attack) -> None:
    """What it breaks fails, the rest passes or is blocked by that, and all of it is judged."""
    results = attacked.card.results
    failed = {r.behaviour for r in results if r.outcome is Outcome.FAILED}
    causes = {r.id for r in results if r.outcome is Outcome.FAILED}

    assert [(r.id, str(r.reason)) for r in results if r.outcome is Outcome.NOT_JUDGED] == []
    assert failed == hostile.deserves, [(r.id, str(r.observed)) for r in results if r.observed]
    assert all(r.blocked_by in causes for r in results if r.outcome is Outcome.BLOCKED)
    assert str(attacked.card.containment) == "full"


def test_nothing_outside_is_changed_or_reached(attacked: Attack) -> None:
    """Files, shared memory, servers, and the state of the process that grades."""
    assert (attacked.traces.changed, attacked.traces.connected) == ([], [])


def test_it_learns_nothing_that_is_not_its_own(hostile: Hostile, attacked: Attack) -> None:
    """No secret is in what it prints, sends or is seen to do, and nothing that it tries for."""
    assert attacked.traces.secrets == []
    if hostile.shows == "got":
        assert lines(attacked.traces.said, "got") == []


def test_nothing_of_it_is_left(attacked: Attack) -> None:
    """No process, and no socket that listens."""
    assert attacked.traces.left == []


def test_the_next_submission_is_graded_as_ever(attacked: Attack) -> None:
    """A reference program has all its points, by the same runner, directly afterwards."""
    results = attacked.following.results
    assert [r.id for r in results if r.outcome not in (Outcome.PASSED, Outcome.INFO)] == []


@pytest.mark.parametrize("program", EVIDENT, ids=lambda program: program.name)
def test_without_containment_it_would_have_succeeded(program: Hostile, bare: Runner) -> None:
    """So that it does not succeed is the work of the layers, and is seen where it does."""
    if not CONDITIONS[program.where]():
        pytest.skip(f"on this machine nobody succeeds in that ({program.where})")
    found = uncontained(program, bare)

    assert found.shown[program.shows], found.said


def test_every_program_says_what_stops_it() -> None:
    """By the names of the layers, or of what decides without any."""
    known = {*LAYERS, *BESIDE_LAYERS}
    assert {word for each in HOSTILES for word in each.stopped_by} - known == set()
    assert {each.shows for each in HOSTILES} <= {"change", "connection", "secret", "got", "nothing"}
    assert {each.where for each in HOSTILES} <= set(CONDITIONS)
    assert len(HOSTILES) >= 40


def test_every_layer_stops_some_program() -> None:
    """A layer that nothing needs would be a promise without a proof."""
    assert set(LAYERS) - {word for each in HOSTILES for word in each.stopped_by} == set()


SHARDS = 8


@pytest.mark.skipif("os.getuid() != 0", reason="who runs these tests is an ordinary user")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_an_ordinary_user_contains_them_as_well(shard: int) -> None:
    """All of this holds without any right of an administrator: the same tests, by nobody."""
    if ordinary.interpreter() is None:
        pytest.skip("no Python with these packages can be run by another user")
    names = " or ".join(f"[{each.name}]" for each in HOSTILES[shard::SHARDS])
    here = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", __file__]
    run = ordinary.run(*here, "-k", f"not without and ({names})", timeout=900)

    if run.returncode == 0 and " passed" not in run.stdout:
        pytest.skip(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_pages_about_hostile_programs_are_current() -> None:
    """Whoever adds a program runs ``docs/hostile.py``; for a changed word ``--pages`` is enough."""
    generator = runpy.run_path(str(HERE.parent / "docs" / "hostile.py"))
    assert list(generator["Run"].saved().told) == [each.name for each in HOSTILES]
    chinese = Chinese("hostile")
    for path, page in generator["pages"](chinese).items():
        assert path.read_text("utf-8") == page, "run docs/hostile.py --pages"

    assert not chinese.missing, "not translated:\n" + "\n".join(chinese.missing)
    assert translations(chinese.path) == chinese.asked, "run docs/hostile.py --pages"
