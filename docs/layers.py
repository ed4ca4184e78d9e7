"""Draws the layers of the project from the table that a test holds: ``python docs/layers.py``."""

from __future__ import annotations

import ast
import importlib.util
import re
import runpy
import sys
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from xml.sax.saxutils import escape

from pytest_sockets.messages import Translate, same

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from documentation import Chinese  # noqa: E402 - lies beside the documentation

PICTURE = HERE / "pictures" / "layers.svg"
CHINESE = Chinese("layers")
PAGES: Mapping[Path, Translate] = {
    HERE / "how-it-works.md": same,
    HERE / "zh" / "how-it-works.md": CHINESE,
}
DRAWN = re.compile(r"(<!-- layers -->\n).*?(<!-- end of layers -->)", re.DOTALL)
WIDTH, HIGH, GAP, MOST = 150, 30, 14, 7

TABLE = runpy.run_path(str(HERE.parent / "tests" / "test_layers.py"), run_name="layers")
VOCABULARY: Mapping[str, set[str]] = TABLE["VOCABULARY"]
UNITS: Mapping[str, set[str]] = {unit: TABLE["used"](unit) for unit in TABLE["UNITS"]}


def rows() -> list[list[str]]:
    """Return the units from the bottom up: each row imports from those below it only."""
    sorter = TopologicalSorter({unit: below & set(UNITS) for unit, below in UNITS.items()})
    sorter.prepare()
    found = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        found += [ready[start : start + MOST] for start in range(0, len(ready), MOST)]
        sorter.done(*ready)
    return found


def table(translate: Translate = same) -> str:
    """Return a table: what each unit is for, and whom it may import besides the vocabulary."""
    lines = [translate("| unit | what it is for | it imports |"), "|---|---|---|"]
    for row in rows():
        for unit in row:
            below = ", ".join(f"`{each}`" for each in sorted(UNITS[unit] - set(VOCABULARY)))
            lines.append(f"| `{unit}` | {translate(_purpose(unit))} | {below} |")
    return "\n".join(lines) + "\n"


def picture() -> str:
    """Return the layers as SVG: a box for each unit, and a line to what it imports.

    What a unit reaches by way of another has no line of its own.
    """
    wide = MOST * (WIDTH + GAP) + GAP
    placed = {
        unit: (
            number * (WIDTH + GAP) + (wide - len(row) * (WIDTH + GAP) + GAP) // 2,
            level * 2 * HIGH + GAP,
        )
        for level, row in enumerate(reversed(rows()))
        for number, unit in enumerate(row)
    }
    high = len(rows()) * 2 * HIGH + GAP
    parts = [*_lines(placed), *_boxes(placed)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">\n'
        "<title>The layers: each unit imports from those below it</title>\n"
        '<g font-family="monospace" font-size="13" text-anchor="middle" fill="#777">\n'
        + "\n".join(parts)
        + "\n</g>\n</svg>\n"
    )


def reached(unit: str) -> set[str]:
    """Return all units that ``unit`` imports, directly or by way of others."""
    direct = UNITS[unit] & set(UNITS)
    return direct.union(*map(reached, direct))


def _lines(placed: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for unit, (x, y) in placed.items():
        direct = UNITS[unit] & set(placed)
        for below in sorted(direct.difference(*map(reached, direct))):
            to_x, to_y = placed[below]
            yield (
                f'<line x1="{x + WIDTH // 2}" y1="{y + HIGH}" x2="{to_x + WIDTH // 2}" '
                f'y2="{to_y}" stroke="#8ab"/>'
            )


def _boxes(placed: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for unit, (x, y) in placed.items():
        colour = "#e8f2e8" if unit in VOCABULARY else "#eef2f8"
        yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HIGH}" rx="4" fill="{colour}"/>'
        yield f'<text x="{x + WIDTH // 2}" y="{y + 20}" fill="#234">{escape(unit)}</text>'


def _purpose(unit: str) -> str:
    """Return the first line of a unit's docstring."""
    found = importlib.util.find_spec(f"pytest_sockets.{unit}")
    assert found is not None
    assert found.origin is not None
    told = ast.get_docstring(ast.parse(Path(found.origin).read_text("utf-8"))) or ""
    return told.partition("\n")[0].rstrip(".:").replace("``", "`").replace("|", "\\|")


def page(path: Path) -> str:
    """Return the text of a page, with the layers drawn and listed as they are now."""
    picture = "../" * (len(path.relative_to(HERE).parts) - 1) + "pictures/layers.svg"
    translate = PAGES[path]
    shown = translate("The layers, drawn from the table below")
    drawn = f"![{shown}]({picture})\n\n{table(translate)}"
    return DRAWN.sub(lambda found: f"{found[1]}{drawn}{found[2]}", path.read_text("utf-8"))


def main() -> None:
    """Write the picture and the pages that show it."""
    PICTURE.write_text(picture(), "utf-8")
    for path in PAGES:
        path.write_text(page(path), "utf-8")
    CHINESE.write()


if __name__ == "__main__":
    main()
