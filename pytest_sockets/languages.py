"""The languages that sentences are read in: English as they are written, or Chinese.

Knows the catalogue of translations and which language the locale asks for. Does not
know where sentences are shown.
"""

from __future__ import annotations

import functools
import gettext
import os
import sys
from pathlib import Path

from .messages import Translate, same

DOMAIN = "pytest_sockets"
FOLDER = Path(__file__).parent / "locale"
CATALOGUE = "zh_CN"

LANGUAGES = ("en", "zh")
"""Each language that can be asked for."""

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""What tells the language, as in gettext: the first that is set and not empty counts."""

CHINESE = 0x04
"""The primary language of Windows' language identifiers (LANGID) that is Chinese."""


def chosen(name: str | None) -> str:
    """Return ``en`` or ``zh``: what ``name`` asks for, or with None the locale.

    Every ``zh`` (``zh_TW``, ``zh-Hans``, ``zh_CN.UTF-8``) is Chinese; whatever else is
    not English is English.
    """
    return _known(name) or "en" if name else _of_locale()


def language(name: str | None) -> Translate:
    """Return what translates English into the language ``name``, see ``chosen``.

    What the catalogue does not hold stays English.
    """
    return _chinese() if chosen(name) == "zh" else same


@functools.cache
def _chinese() -> Translate:
    catalogue = gettext.translation(DOMAIN, FOLDER, [CATALOGUE], fallback=True)

    def translate(text: str) -> str:
        return catalogue.gettext(text) if text else ""  # gettext answers "" with its own header

    return translate


def _known(name: str) -> str | None:
    start = name[:2].lower()
    return start if start in LANGUAGES and not name[2:3].isalpha() else None


def _of_locale() -> str:
    """Return the language of the environment; without any, Windows knows that of its user.

    Python's standard library tells of no other system: there English is spoken.
    """
    told = next(filter(None, map(os.environ.get, VARIABLES)), None)
    if told is not None:
        return next(filter(None, map(_known, told.split(":"))), "en")
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - exists there only in this shape

        told_id = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "zh" if told_id & 0x3FF == CHINESE else "en"
    return "en"
