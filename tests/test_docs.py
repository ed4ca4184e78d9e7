"""The generated pages are what the code would generate now."""

from __future__ import annotations

from pathlib import Path

from pytest_sockets.catalogue import exercises
from pytest_sockets.reports.behaviours import render

PAGE = Path(__file__).parent.parent / "docs" / "behaviours.md"


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
