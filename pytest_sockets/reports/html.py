"""Scorecards as one HTML file that needs nothing else: no network, no script.

Knows the page's words and how Jinja2 is kept from harm: whatever a template
shows is first made plain, as for a terminal, and then escaped. Needs Jinja2,
which ``pip install 'pytest-sockets[html]'`` brings.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pytest_sockets.messages import Message, Translate, message, same, translatable
from pytest_sockets.results import Scorecard

from .html_card import Card, cards, reference
from .table import MARKS
from .wording import INCOMPLETE, cited, plain, say

WORDS = {
    "skip": message("Skip to the results"),
    "overview": message("Overview"),
    "target": message("target"),
    "exercise": message("exercise"),
    "score": message("score"),
    "results": message("results"),
    "behaviours": message("All behaviours, in the order they were asked"),
    "incomplete": INCOMPLETE,
    "blocked_by": message("blocked by"),
    "bytes": message("bytes"),
    "source": message("Source"),
    "took_part": message("took part in"),
    "top": message("back to the top"),
    "nothing": message("Nothing was graded in this run."),
}  # fmt: skip
"""What a template may say by itself."""

LATER = Markup("<!-- facts that are known later -->")

LANGUAGE = translatable("en")
"""The tag (BCP 47) of the language that a page is in: its translation is another's."""


def to_html(
    scorecards: Sequence[Scorecard],
    *,
    version: str,
    started: datetime,
    seed: int,
    containment: Message | str,
    platform: str,
    translate: Translate = same,
) -> str:
    """Return the page about a run, ending in a newline.

    ``started`` carries its time zone. One scorecard is shown as it is; of several
    there is an overview too. A lone surrogate becomes an escape.
    """
    shown = cards(scorecards, translate)
    facts = [
        (message("graded"), f"{started:%Y-%m-%d %H:%M:%S %Z}".strip()),
        (message("seed"), str(seed)),
        (message("contained"), say(containment, translate)),
        (message("platform"), platform),
        (message("version"), f"pytest-sockets {version}"),
    ]
    return rendered(
        "report.html",
        translate,
        cards=shown,
        facts=[(label, text) for label, text in facts if text],
        title=_title(shown, translate),
        first="~results",
        later=LATER,
        words=WORDS,
        marks=MARKS,
    )


def with_facts(
    page: str, facts: Sequence[tuple[Message, Message]], translate: Translate = same
) -> str:
    """Return ``page``, which ``to_html`` has made, with more facts at its head.

    A page that was made before there was a place for them stays as it is.
    """
    return page.replace(LATER, rendered("facts.html", translate, facts=facts).rstrip("\n"), 1)


def rendered(name: str, translate: Translate, **values: object) -> str:
    """Return the page that the template ``name`` makes of ``values``, ending in a newline."""
    template = templates(translate).get_template(name)
    return template.render(language=translate(LANGUAGE), **values).rstrip("\n") + "\n"


def _title(shown: Sequence[Card], translate: Translate) -> str:
    if len(shown) == 1:
        target = shown[0].scorecard.target
        return shown[0].name if target == "tour" else f"{shown[0].name}: {target}"
    return say(message("{count} scorecards", count=len(shown)), translate)


@functools.lru_cache(maxsize=4)
def templates(translate: Translate) -> Environment:
    """Return Jinja2 with our templates, so set up that no value can be taken for HTML."""

    def finished(value: Any) -> Any:
        """Make plain what is about to be escaped: nothing goes round it."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Message):
            return say(value, translate)
        return plain(value) if isinstance(value, str) else value

    environment = Environment(
        loader=PackageLoader("pytest_sockets.reports"),
        autoescape=True,
        finalize=finished,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ref"] = reference
    environment.filters["drawn"] = Markup
    environment.filters["below"] = lambda lines: Markup("\n").join(map(plain, lines))
    environment.filters["say"] = lambda what: say(what, translate)
    environment.filters["cited"] = lambda source: say(cited(source, translate), translate)
    environment.filters["path"] = _breaking
    return environment


def _breaking(path: str) -> Markup:
    """Return a path that a narrow column breaks behind its separators."""
    return Markup(re.sub(r"([/\\_])", r"\1<wbr>", str(escape(plain(path)))))  # noqa: S704 - escaped
