"""What commands print, in the pages of the documentation.

A page says which command, and what of it is shown, between two marks:

    <!-- shown failure: pytest --target docs/steps/the_end/tcp_echo_server.py -k at-once -->
    <!-- end of shown -->

Run as a program it writes all of them anew (``make readme``); a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from readme import ROOT, console, kept

DOCS = ROOT / "docs"
SHOWN = re.compile(r"(<!-- shown (\w+): (.*?) -->\n)(.*?)(<!-- end of shown -->)", re.DOTALL)
PARTS = {
    "scores": r"^  [✓✗–?] .*?^$",
    "failure": r"^✗ \S+\n.*?^  (again|重现)\n[^\n]*$",
    "stop": r"^i .*?^  (again|重现) [^\n]*$",
    "total": r"^\S+ \S+   \d+ (of|/) 100.*?\d (s|秒)$",
}


def pages() -> Iterator[Path]:
    """Yield the pages that show what commands print."""
    for path in sorted(DOCS.rglob("*.md")):
        if SHOWN.search(path.read_text("utf-8")):
            yield path


def made(part: str, command: str) -> str:
    """Return what ``command`` prints now, as the page shows it."""
    return console(command, PARTS[part])


def main() -> None:
    """Write what is shown in every page anew."""
    for path in pages():
        text = SHOWN.sub(
            lambda found: f"{found[1]}{kept(found[4], made(found[2], found[3]))}{found[5]}",
            path.read_text("utf-8"),
        )
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
