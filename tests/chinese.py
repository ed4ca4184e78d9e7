"""What is translated, and what was left in English although it is."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

import translations

CHINESE = re.compile("[一-鿿]")


@cache
def chinese() -> dict[str, str]:
    """Return what is translated of what the code says."""
    known = translations.translations()
    return {text: known.get(text, "") for text in translations.texts()}


def left(said: str) -> list[str]:
    """Return the sentences that stand in ``said`` although they have a translation."""
    return [
        part
        for text, translated in chinese().items()
        if translated != text
        for part, *_ in Formatter().parse(text)
        if len(part.strip()) > 12 and " " in part.strip() and part.strip() in said
    ]
