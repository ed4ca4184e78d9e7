"""Programs and parts of them, in the pages of the documentation.

A page says which file, between two marks; which function of it, or ``head``,
what stands between its docstring and its functions; and which lines the site emphasizes:

    <!-- code: examples/recipes/test_recipes.py::test_the_port_lingers -->
    <!-- end of code -->

    <!-- code: docs/steps/the_end/tcp_echo_server.py lines 9-11 -->
    <!-- end of code -->

Run as a program it writes all of them anew (``make readme``); a test compares them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from readme import ROOT
from transcripts import DOCS

LISTING = re.compile(
    r"(<!-- code: ([^\s:]+)(?:::(\w+))?(?: lines [\d,-]+)? -->\n)(.*?)(<!-- end of code -->)",
    re.DOTALL,
)


def pages() -> Iterator[Path]:
    """Yield the pages that show programs."""
    for path in sorted(DOCS.rglob("*.md")):
        if LISTING.search(path.read_text("utf-8")):
            yield path


def listed(file: str, part: str | None) -> str:
    """Return a file of the project, or the ``part`` of it, as a page shows it."""
    text = (ROOT / file).read_text("utf-8")
    if part is not None:
        first, last = _place(ast.parse(text), part)
        text = "\n".join(text.splitlines()[first - 1 : last])
    return f"```python\n{text.strip()}\n```\n"


def _place(module: ast.Module, part: str) -> tuple[int, int]:
    """Return the first and the last line of a function, or of what stands before all of them."""
    places = {
        node.name: (node.lineno, node.end_lineno or node.lineno)
        for node in module.body
        if isinstance(node, ast.FunctionDef)
    }
    if part == "head":
        docstring = module.body[0].end_lineno or 1
        return docstring + 1, min(first for first, _ in places.values()) - 1
    return places[part]


def main() -> None:
    """Write the programs in every page anew."""
    for path in pages():
        text = LISTING.sub(
            lambda found: f"{found[1]}{listed(found[2], found[3])}{found[5]}",
            path.read_text("utf-8"),
        )
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
