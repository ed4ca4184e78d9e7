"""The page is one file that needs nothing else; its links lead somewhere, its text is seen."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from pytest_sockets.results import Scorecard

from .pages import links, page, read
from .samples import failed, scorecard
from .test_tour import exchange, stop, tour


def cards() -> list[Scorecard]:
    """Return scorecards of all kinds, among them two of the same name."""
    return [
        scorecard(),
        scorecard(target="张伟/server.py"),
        scorecard(target="张伟/server.py"),
        scorecard(failed(), target="cmd:node server.js {host}", role="client"),
        tour(stop(transcript=exchange())),
        scorecard(failed(), target="~top", sources={}),
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_nothing_is_loaded_from_anywhere(count: int) -> None:
    """No element and no style names another resource, and a policy in the page forbids it."""
    written = page(*cards()[:count])
    document = read(written)
    named = [value for each in document.all() for name, value in each.attributes.items()
             if name in ("src", "href", "xlink:href", "action", "data", "srcset")]  # fmt: skip
    assert all(value.startswith("#") or value == "data:," for value in named)
    (style,) = document.find("style")
    assert not re.search(r"url\(|@import|https?:", style.text)
    policy = [m.attributes.get("content", "") for m in document.find("meta")]
    assert any(each.startswith("default-src 'none'") for each in policy)
    assert not any(name.startswith("on") for each in document.all() for name in each.attributes)


@pytest.mark.parametrize("count", [1, 2, 6])
def test_every_id_is_there_once_and_every_link_leads_somewhere(count: int) -> None:
    """Also where two scorecards have the same name, or one that the page uses itself."""
    document = read(page(*cards()[:count]))
    ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert not [name for name in ids if not name or re.search(r"\s", name)]
    assert set(links(document)) <= set(ids)
    for name in ("aria-labelledby", "aria-describedby"):
        referred = " ".join(each.attributes.get(name, "") for each in document.all())
        assert set(referred.split()) <= set(ids)


def test_a_page_without_scorecards_says_so() -> None:
    """There is nothing to fold or to link."""
    assert "Nothing was graded in this run." in read(page()).text


# Colours


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rgb`` or ``#rrggbb`` (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def palettes() -> list[dict[str, str]]:
    """Return the colours of the page: light, dark, printed."""
    folder = resources.files("pytest_sockets.reports") / "templates"
    css = (folder / "report.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "printed"])
def test_every_colour_of_text_stands_out_from_what_is_behind_it(palette: dict[str, str]) -> None:
    """WCAG 2.2 level AA: a contrast of 4.5; text in drawings too, which no tool measures."""
    washes = [f"{tone}-wash" for tone in ("good", "bad", "warn", "info")]
    pairs = [(text, back) for text in ("ink", "quiet", "good", "bad", "warn", "info", "link")
             for back in ("paper", "sheet", "well")]  # fmt: skip
    pairs += [(text, back) for text in ("ink", "quiet", "link") for back in washes]
    pairs += [(wash.partition("-")[0], wash) for wash in washes]
    for text, back in pairs:
        bright, dark = sorted((luminance(palette[text]), luminance(palette[back])), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, (text, back)
