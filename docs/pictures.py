"""Makes the pictures of the documentation: ``python docs/pictures.py``, or ``make screenshots``.

A server of the examples that fails is graded with a fixed seed, in English and
in Chinese. The HTML report is photographed by the system's Chromium, headless,
at the width of a telephone and of a desk, in light and in dark; the terminal's
report is drawn as SVG by Rich. Where there is no Chromium, only the SVG is made.
"""

from __future__ import annotations

import html
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
HOMEWORK = HERE.parent / "examples" / "homework"
PROGRAM = "tcp_echo_server.py"
SEED = "4711"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LANGUAGES = ("en", "zh")
WIDTHS = {"telephone": 360, "desk": 1280}
TALLEST = 1600
"""Pixels of a page that are shown."""

COLUMNS = 100
COLUMN = 12.2
"""What Rich makes a column wide, in units of its SVG."""
Grade = tuple[str, Path]
"""What the terminal shows, and where the HTML report lies."""


def main() -> None:
    """Make all pictures; say what is left out, and why."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        grades = {language: graded(language, Path(folder)) for language in LANGUAGES}
        for language, (text, _) in grades.items():
            drawn(text, PICTURES / f"terminal-{language}.svg")
        with chromium() as browser:
            for language, (_, page) in grades.items():
                if browser is not None:
                    photographed(browser, page, language)


def graded(language: str, folder: Path) -> Grade:
    """Return what a student sees of the grade in ``language``."""
    shutil.copy(HOMEWORK / PROGRAM, folder)
    page = folder / f"{language}.html"
    words = ["--target", PROGRAM, "--sockets-seed", SEED, "--sockets-lang", language]
    words += [
        "--sockets-report",
        f"html={page}",
        "--color=yes",
        "--no-header",
        "-p",
        "no:cacheprovider",
    ]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *words],
        cwd=folder, env=environment, capture_output=True, check=False, text=True,
        encoding="utf-8",
    )  # fmt: skip
    if run.returncode > 1:
        raise SystemExit(run.stdout + run.stderr)
    # The pictures are not to change with the kernel of whoever makes them.
    text = page.read_text("utf-8").replace(platform.platform(), platform.system())
    page.write_text(text, "utf-8")
    return run.stdout, page


def drawn(text: str, path: Path) -> None:
    """Draw what a terminal shows, with its colours, as SVG."""
    from rich.console import Console  # noqa: PLC0415 - Rich is of no use without a terminal's text
    from rich.text import Text  # noqa: PLC0415

    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(_beginning(text.splitlines()))))
    svg = console.export_svg(title=f"pytest --target {PROGRAM}", unique_id=path.stem)
    # What a picture shows must not depend on a font of the network.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    # Rich counts characters where it should count columns: Chinese would be squeezed.
    svg = re.sub(
        r'x="([\d.]+)"([^>]*) textLength="[\d.]+"([^>]*)>([^<]*)<', _each_in_its_column, svg
    )
    path.write_text(svg, "utf-8")
    sys.stdout.write(f"{path.relative_to(HERE.parent)}\n")


def _beginning(lines: list[str]) -> list[str]:
    """Return the scorecard up to the end of its first failure, and its sum."""
    heads = [place for place, line in enumerate(lines) if "tcp-echo" in line and "::" not in line]
    failures = [place for place in heads if "tcp-echo-server/" in lines[place]]
    return [*lines[heads[0] : failures[1]], *lines[heads[-1] : -1]]


def _each_in_its_column(found: re.Match[str]) -> str:
    """Return a text whose wide characters take two columns each."""
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    start, before, behind, text = found.groups()
    shown = html.unescape(text)
    if cell_len(shown) == len(shown):
        return found[0]
    columns = accumulate(map(cell_len, shown), initial=0)
    places = (f"{float(start) + column * COLUMN:.1f}" for column in columns)
    return f'x="{" ".join(places)}"{before}{behind}>{text}<'


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """Start the system's Chromium; None where there is none, which is said."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be missing
    except ImportError:
        path = None
    if path is None:
        sys.stdout.write("no pictures of the HTML report: Chromium or playwright is missing\n")
        yield None
        return
    with sync_playwright() as started:
        # Chromium's sandbox can't be had by root, nor in most containers; the page is ours.
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def photographed(browser: Browser, page: Path, language: str) -> None:
    """Take pictures of the HTML report at each width, in light and in dark."""
    for name, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            window = browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=2 if width < 500 else 1,
            )
            window.goto(page.as_uri())
            tall = window.evaluate("document.documentElement.scrollHeight")
            path = PICTURES / f"report-{language}-{name}-{scheme}.png"
            area = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
            window.screenshot(path=path, full_page=True, clip=area)  # type: ignore[arg-type]
            window.close()
            sys.stdout.write(f"{path.relative_to(HERE.parent)}\n")


if __name__ == "__main__":
    main()
