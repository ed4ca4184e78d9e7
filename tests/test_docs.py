"""The generated pages are what the code would generate now, in both languages."""

from __future__ import annotations

import re
import runpy
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import translations
from documentation import FOLDER, Chinese

from pytest_sockets import tour
from pytest_sockets.catalogue import exercises

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ("behaviours.md", "diagnosis.md", "faults.md", "fixtures.md", "tour.md")
BY_NAME = re.compile(r"`[^`]+`|\{\w+\}")
"""What a translation leaves as it is: code, and the fields of a template."""


@cache
def generated() -> tuple[Mapping[Path, str], Chinese]:
    """Return every page as it would be written now, and what was asked for the Chinese ones."""
    generate = runpy.run_path(str(DOCS / "generate.py"))
    chinese = Chinese("generate")
    return generate["linked"](generate["pages"](), generate["pages"](chinese)), chinese


def test_each_page_is_there_in_both_languages() -> None:
    """Those that the tests below compare, and no other."""
    pages, _ = generated()
    assert set(pages) == {folder / name for folder in (DOCS, DOCS / "zh") for name in PAGES}


@pytest.mark.parametrize("name", [*PAGES, *(f"zh/{name}" for name in PAGES)])
def test_a_generated_page_is_current(name: str) -> None:
    """Whoever changes an exercise, a stop, a fault, a fixture or a mistake runs ``make readme``."""
    pages, _ = generated()
    assert (DOCS / name).read_text("utf-8") == pages[DOCS / name], "run make readme"


def test_every_paragraph_of_the_generated_pages_is_translated() -> None:
    """A docstring that changes needs its Chinese anew, in docs/locale."""
    _, chinese = generated()
    assert not chinese.missing, "not translated:\n" + "\n".join(chinese.missing)


def test_the_catalogue_of_the_generated_pages_holds_what_they_ask() -> None:
    """Nothing that no page says any more, and all else."""
    _, chinese = generated()
    assert translations.translations(chinese.path) == chinese.asked, "run make readme"


def test_what_each_unit_is_for_is_translated() -> None:
    """The table of layers is in Chinese on the Chinese page."""
    layers = runpy.run_path(str(DOCS / "layers.py"))
    for path in layers["PAGES"]:
        layers["page"](path)
    chinese: Chinese = layers["CHINESE"]

    assert not chinese.missing, "not translated:\n" + "\n".join(chinese.missing)
    assert translations.translations(chinese.path) == chinese.asked, "run make readme"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_translated_paragraph_names_the_same_code(path: Path) -> None:
    """Names, commands and fields are those of the English."""
    for text, translated in translations.translations(path).items():
        named = set(BY_NAME.findall(text)) - set(BY_NAME.findall(translated))
        assert not translated or not named, text


@pytest.mark.parametrize("page", ["behaviours.md", "zh/behaviours.md"])
def test_the_page_tells_every_behaviour_with_its_points(page: str) -> None:
    """No behaviour is left out, and each says what it counts."""
    text = (DOCS / page).read_text("utf-8")

    for exercise in exercises().values():
        for role, profile in exercise.profiles.items():
            for weighed in profile.behaviours:
                name = f"{exercise.name}-{role}-{weighed.behaviour.slug}"
                assert f'<a id="{name}"></a>' in text
                assert re.search(rf"\]\(#{name}\) \|[^\n]* \| {weighed.points} \| \S", text)


@pytest.mark.parametrize("page", ["tour.md", "zh/tour.md"])
def test_the_page_about_the_tour_has_the_code_of_every_stop(page: str) -> None:
    """What stands there can be copied and run."""
    text = (DOCS / page).read_text("utf-8")

    for weighed in tour.exercise().profiles["tour"].behaviours:
        code = tour.code(weighed.behaviour.ask.__name__)
        assert code.endswith(")\n")
        assert f'<a id="tour-{weighed.behaviour.slug}"></a>\n\n## ' in text
        assert f"```python\n{code}```" in text
