"""--sockets-report html=PATH writes the page, whole, however the run went."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from homework import DEAF_TO_DIGITS, FAILED, SHOUT, SHOUTING, SPINS_AFTER_DIGITS
from running import Folder

SERVER = ("--target=server.py", *SHOUTING)
HTML = "--sockets-report=html=r.html"
SLUGS = ["shouts", "leaves-digits-alone", "whispers-back", "knows-german"]
WITHOUT_JINJA = """\
import importlib.util

find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "jinja2" else find(name, *more)
"""


class Ids(HTMLParser):
    """The ids of a page, and whether it came to its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ended: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the id."""
        self.found += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        """Remember what was closed."""
        self.ended.append(tag)


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with a program that fails one behaviour of an exercise."""
    folder.write("shout.py", SHOUT)
    folder.write("server.py", DEAF_TO_DIGITS)
    return folder


def behaviours(folder: Folder) -> list[str]:
    """Return the behaviours on the page, which must be whole, by the names in their ids."""
    page = Ids((folder.path / "r.html").read_text("utf-8"))
    assert page.ended[-1] == "html"
    start = "tcp-shout-server/"
    found = [name for name in page.found if name.startswith(start) and "~" not in name]
    return [name.removeprefix(start) for name in found]


@pytest.mark.parametrize("options", [[], ["-n2"], ["-k", "shouts"], ["-x"]])
def test_every_behaviour_is_on_the_page(options: list[str], shouting: Folder) -> None:
    """Also those that were not selected or not reached, and with workers."""
    run = shouting.grade(*SERVER, HTML, *options)
    assert run.err == ""
    assert sorted(behaviours(shouting)) == sorted(SLUGS)
    assert len(run.card["results"]) == len(SLUGS)


def test_an_interrupted_run_leaves_a_whole_page(shouting: Folder) -> None:
    """What was not asked says so."""
    shouting.write("server.py", SPINS_AFTER_DIGITS)
    shouting.interrupted(*SERVER, "-v", HTML, after=FAILED)
    assert sorted(behaviours(shouting)) == sorted(SLUGS)
    assert "the run ended before it was asked" in (shouting.path / "r.html").read_text("utf-8")
    assert not list(shouting.path.glob(".*.tmp"))


def test_without_jinja_it_says_what_to_install(shouting: Folder) -> None:
    """One sentence, before anything runs; an old page stays."""
    shouting.write("nojinja.py", WITHOUT_JINJA)
    shouting.write("r.html", "old")
    run = shouting.pytest("-p", "nojinja", *SERVER, HTML)
    assert (run.status, run.out.strip()) == (4, "")
    assert run.err.strip() == (
        "ERROR: --sockets-report html needs Jinja2: pip install 'pytest-sockets[html]'"
    )
    assert (shouting.path / "r.html").read_text() == "old"


def test_without_jinja_the_other_formats_work(shouting: Folder) -> None:
    """Nothing of it is loaded for them."""
    shouting.write("nojinja.py", "import sys\nsys.modules['jinja2'] = None\n")
    run = shouting.grade("-p", "nojinja", *SERVER)
    assert set(run.outcomes) == set(SLUGS)
