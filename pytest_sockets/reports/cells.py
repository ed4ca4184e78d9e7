"""Tables as CSV (RFC 4180) that no spreadsheet runs.

Knows how a spreadsheet takes a cell for a formula. Does not know what is in the
table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from .json_report import whole
from .wording import plain

Cell = str | float | int | None

BOM = "\ufeff"
"""What tells Excel that a file is UTF-8."""

_FORMULA = re.compile(r"[\s\"']*[=+\-@|%＝＋－＠].")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def to_csv(rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> str:
    """Return ``rows`` with commas and CRLF; every text is made safe.

    Control characters become escapes. What a spreadsheet could take for a
    formula gets an apostrophe in front, which it shows as text (OWASP, "CSV
    Injection"); a plain number stays one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([shown(cell) for cell in row])
    return (BOM if bom else "") + out.getvalue()


def shown(cell: Cell) -> str:
    """Return a cell as it is written: numbers without needless zeros, text that is only text."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return number(cell)
    text = whole(plain(cell))
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def number(value: float) -> str:
    """Return points with at most two digits behind the point, and none that are 0.

    >>> number(12.50)
    '12.5'
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
