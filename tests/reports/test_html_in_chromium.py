"""The HTML report in a real browser: it renders, folds and links, and everybody can read it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sockets.results import Scorecard

from .pages import page
from .samples import failed, result, scorecard
from .test_class_page import class_page, classroom
from .test_html import EVIL, hostile_card
from .test_tour import exchange, stop, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FAILURE = "tcp-echo-server/echoes-pieces-whole"
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
EVERYTHING = "document.body.innerText"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, the system's own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as started:
        # Chromium's sandbox can't be had by root, nor in most containers; the page is ours.
        launched = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


class Opened:
    """A report in the browser, with what the browser complained of or asked the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))

    def ask(self, expression: str) -> Any:
        """Return what an expression of JavaScript is."""
        return self.page.evaluate(expression)


class Visits:
    """Opens reports in one browser."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._file = folder / "report.html"

    def open(
        self, *cards: Scorecard, fragment: str = "", width: int = 1100, dark: bool = False
    ) -> Opened:
        """Return the report of ``cards``, shown in a window ``width`` pixels wide."""
        return self.show(page(*cards), fragment=fragment, width=width, dark=dark)

    def show(
        self, text: str, *, fragment: str = "", width: int = 1100, dark: bool = False
    ) -> Opened:
        """Return the page ``text``, shown in a window ``width`` pixels wide."""
        self._file.write_text(text, encoding="utf-8")
        opened = Opened(
            self._browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if dark else "light",
            )
        )
        opened.page.goto(self._file.as_uri() + fragment)
        return opened


@pytest.fixture
def visits(browser: Browser, tmp_path: Path) -> Iterator[Visits]:
    """What opens reports; the pages are closed in the end."""
    yield Visits(browser, tmp_path)
    for context in browser.contexts:
        context.close()


CARDS = {
    "one scorecard": [scorecard()],
    "several": [scorecard(), scorecard(target="bob/server.py"), scorecard(failed(), role="pair")],
    "the tour": [tour(stop(transcript=exchange()))],
    "hostile": [hostile_card(EVIL, EVIL.encode() + b"\0\xff")],
    "nothing": [],
}
EACH = pytest.mark.parametrize("cards", CARDS.values(), ids=CARDS.keys())


@EACH
def test_it_renders_without_a_complaint_and_asks_for_nothing(
    cards: list[Scorecard], visits: Visits
) -> None:
    """No error on the console, no script's alert, and one request: for the file itself."""
    opened = visits.open(*cards)
    opened.ask(UNFOLD)
    assert opened.ask("document.title")
    assert opened.complaints == []
    assert [url for url in opened.asked if not url.startswith("data:")] == opened.asked[:1]


@EACH
@pytest.mark.parametrize(("width", "dark"), [(360, True), (1100, False)])
def test_it_passes_the_rules_of_axe_core(
    cards: list[Scorecard], width: int, dark: bool, visits: Visits
) -> None:
    """Names, contrast, order and sizes of targets, with everything unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core")
    opened = visits.open(*cards, width=width, dark=dark)
    opened.ask(UNFOLD)
    found = axe.Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


@EACH
def test_nothing_has_to_be_scrolled_sideways(cards: list[Scorecard], visits: Visits) -> None:
    """Also with everything unfolded."""
    opened = visits.open(*cards)
    opened.ask(UNFOLD)
    for width in (1100, 737, 735, 480, 360):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert not opened.ask(OVERFLOW), width


def test_a_long_word_does_not_widen_the_page(visits: Visits) -> None:
    """A program may print, and be called, anything."""
    long = "x" * 400
    card = scorecard(
        failed(printed=long.encode(), difference=(long.encode(), b"y" * 400), title=long),
        target=f"{long}.py",
        sources={"server.py": [long]},
    )
    opened = visits.open(card, card, width=360)
    assert not opened.ask(OVERFLOW)


def test_a_behaviour_folds_and_unfolds_by_mouse_and_by_keyboard(visits: Visits) -> None:
    """It is the browser's own folding."""
    opened = visits.open(scorecard())
    summary = opened.page.locator(f"[id='{FAILURE}'] > summary")
    body = opened.page.locator(f"[id='{FAILURE}'] .body")
    assert body.is_visible()
    summary.click()
    assert not body.is_visible()
    summary.focus()
    opened.page.keyboard.press("Enter")
    assert body.is_visible()


def test_a_deep_link_brings_the_behaviour_into_view(visits: Visits) -> None:
    """The address is the behaviour's id."""
    passed = [result(f"passes-{number}") for number in range(60)]
    opened = visits.open(scorecard(*passed), fragment="#tcp-echo-server/passes-59")
    place = opened.page.locator("[id='tcp-echo-server/passes-59']").bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 800


def test_a_click_on_a_line_of_the_drawing_leads_to_the_source(visits: Visits) -> None:
    """And from there a click leads back to the failure."""
    opened = visits.open(scorecard())
    opened.page.locator(f"[id='{FAILURE}'] svg.wide a", has_text="data = conn").click()
    assert opened.ask("location.hash") == "#server.py:8"
    assert opened.ask("document.querySelector(':target').innerText").startswith("8")
    opened.page.locator("[id='server.py:8'] .by a").click()
    assert opened.ask("location.hash") == f"#{FAILURE}"


def test_a_wide_window_has_the_lines_beside_and_a_narrow_one_below(visits: Visits) -> None:
    """One of the two drawings is shown."""
    shown = "[...document.querySelectorAll('[open] svg')].filter(e => e.checkVisibility())"
    for width, kind in ((1100, "wide"), (360, "narrow")):
        opened = visits.open(scorecard(), width=width)
        assert opened.ask(f"{shown}.map(e => e.classList[1])") == [kind]


def test_no_text_of_the_drawing_leaves_its_frame(visits: Visits) -> None:
    """As the browser measures it, with the fonts of this machine."""
    outside = """[...document.querySelectorAll('[open] svg text')].filter(text => {
        const [box, frame] = [text, text.ownerSVGElement].map(e => e.getBoundingClientRect());
        return box.left < frame.left - 1 || box.right > frame.right + 1;
    }).map(text => text.textContent)"""
    for width in (360, 800, 1100):
        assert visits.open(scorecard(), width=width).ask(outside) == []


def test_what_a_program_printed_is_text(visits: Visits) -> None:
    """The browser shows the tags, the escape codes and the bidi override as characters."""
    opened = visits.open(*CARDS["hostile"])
    said = opened.ask(EVERYTHING)
    assert "<script>alert(1)</script>" in said
    assert r"\x1b[31m\u202e" in said
    assert opened.ask("document.scripts.length + document.images.length") == 0


def test_on_paper_what_is_unfolded_is_printed(visits: Visits) -> None:
    """In dark ink on white, whatever the screen's scheme is."""
    opened = visits.open(scorecard(), dark=True)
    opened.page.emulate_media(media="print", color_scheme="dark")
    colour = "getComputedStyle(document.body)"
    assert opened.ask(f"[{colour}.color, {colour}.backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("width", "dark"), [(360, True), (360, False), (1100, True), (1100, False)]
)
def test_the_page_of_a_class_can_be_read_by_everybody(
    width: int, dark: bool, visits: Visits
) -> None:
    """By the rules of axe-core; only the map of all students scrolls, and within its frame."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core")
    opened = visits.show(class_page(classroom(30)), width=width, dark=dark)
    opened.ask(UNFOLD)
    assert not opened.ask(OVERFLOW)
    assert opened.complaints == []
    assert [url for url in opened.asked if not url.startswith("data:")] == opened.asked[:1]
    found = axe.Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
