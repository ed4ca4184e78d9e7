"""How one report is to look: its width, its language, with colour or without, in ASCII or not.

Knows the few ANSI styles in use. Does not know what is reported.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TextIO

from pytest_sockets.messages import Message, Translate, same

from .wording import cut, plain, say, typewritten

STYLES = {"good": "32", "bad": "31", "warn": "33", "info": "36", "strong": "1", "faint": "2"}
"""Style name to the parameter of ANSI's "select graphic rendition"."""

NARROWEST = 40
"""Columns below which nothing readable can be laid out."""


WIDEST = 100
"""Columns beyond which lines are hard to read."""

SIGNS = "│─▶◀✓✗→…"


@dataclass(frozen=True)
class Look:
    """What every part of a report needs to draw itself.

    ``width`` is in columns. ``ascii`` draws marks, arrows and ellipses with
    ASCII; letters of other scripts stay what they are.
    """

    width: int = 80
    colour: bool = False
    ascii: bool = False
    translate: Translate = same

    def say(self, what: Message | str) -> str:
        """Return a sentence or a title in this look's language."""
        return self.spell(say(what, self.translate))

    def text(self, text: str) -> str:
        """Return text of the program's or of the user's, harmless and untranslated."""
        return self.spell(plain(text))

    def spell(self, text: str) -> str:
        """Return ``text`` with the signs that this look may use."""
        return typewritten(text) if self.ascii else text

    def cut(self, text: str, columns: int) -> str:
        """Return ``text`` in at most ``columns``."""
        return cut(text, columns, self.spell("…"))

    def paint(self, style: str, text: str) -> str:
        """Return ``text`` in ``style``, "" for none; blanks around it stay unpainted."""
        core = text.strip(" ")
        if not self.colour or not core or not style:
            return text
        before, after = text.split(core, 1)
        return f"{before}\x1b[{STYLES[style]}m{core}\x1b[0m{after}"


def look_of(stream: TextIO, translate: Translate = same) -> Look:
    """Return the look that fits what reads ``stream``: as wide as this terminal is."""
    columns = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))
    drawn = can_draw(stream.encoding or "utf-8")
    return Look(columns, colour=stream.isatty(), ascii=not drawn, translate=translate)


def can_draw(encoding: str) -> bool:
    """Tell whether ``encoding`` holds the signs that reports are drawn with."""
    try:
        SIGNS.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
