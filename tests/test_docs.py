"""The generated pages are what the code would generate now."""

from __future__ import annotations

import runpy
from pathlib import Path

from pytest_sockets import tour
from pytest_sockets.catalogue import exercises
from pytest_sockets.reports import tour_page
from pytest_sockets.reports.behaviours import render

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "behaviours.md"


def test_the_page_about_behaviours_is_current() -> None:
    """Whoever changes an exercise generates the page again."""
    assert PAGE.read_text("utf-8") == render(exercises().values())


def test_the_page_tells_every_behaviour_with_its_points() -> None:
    """No behaviour is left out, and each says where it comes from."""
    page = PAGE.read_text("utf-8")

    for exercise in exercises().values():
        for role, profile in exercise.profiles.items():
            for weighed in profile.behaviours:
                anchor = f'<a id="{exercise.name}-{role}-{weighed.behaviour.slug}"></a>'
                assert anchor in page
                assert f"| {weighed.points} | {weighed.behaviour.source} |" in page


def test_the_page_about_the_tour_is_current() -> None:
    """Whoever changes a stop generates the page again."""
    assert (DOCS / "tour.md").read_text("utf-8") == tour_page.render(tour.exercise(), tour.code)


def test_the_page_about_the_tour_has_the_code_of_every_stop() -> None:
    """What stands there can be copied and run."""
    page = (DOCS / "tour.md").read_text("utf-8")

    for weighed in tour.exercise().profiles["tour"].behaviours:
        code = tour.code(weighed.behaviour.ask.__name__)
        assert code.endswith(")\n")
        assert f"## {weighed.behaviour.title}\n" in page
        assert f"```python\n{code}```" in page


def test_the_page_about_faults_is_current() -> None:
    """Whoever changes a fault's docstring generates the page again."""
    generate = runpy.run_path(str(DOCS / "generate.py"))
    assert (DOCS / "faults.md").read_text("utf-8") == generate["faults_page"]()


def test_the_page_about_fixtures_is_current() -> None:
    """Whoever changes a fixture's docstring generates the page again."""
    generate = runpy.run_path(str(DOCS / "generate.py"))
    assert (DOCS / "fixtures.md").read_text("utf-8") == generate["fixtures_page"]()


def test_the_page_about_known_mistakes_is_current() -> None:
    """Whoever adds a mistake, or learns to recognise one, generates the page again."""
    generate = runpy.run_path(str(DOCS / "generate.py"))
    assert (DOCS / "diagnosis.md").read_text("utf-8") == generate["diagnosis_page"]()
