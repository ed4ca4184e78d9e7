"""How long the fixtures take to set up and tear down, against the least that can be done.

All rows are tests of one pytest session, in turn; what is timed is what pytest
does before and after a test, less what it does for one without a fixture. The
floor of a server in a thread is to bind, listen, accept and close in a bare one;
that of a server in a process is to start an interpreter that listens. Exit
status 1 when our reference server takes more than ``MOST`` of its floor.

    python -m benchmarks.fixtures [--into FOLDER]
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from statistics import median

import pytest

from benchmarks.fixture_rows import FLOOR, NOTHING, POPEN
from benchmarks.results import asked_folder, keep

PACKAGES = ("pytest", "pytest-httpserver", "pytest-localserver", "pytest-xprocess", "mirakuru")
ROWS = Path(__file__).parent / "fixture_rows.py"
MOST = {("reference_server", FLOOR): 2.0, ("reference_server(process=True)", POPEN): 0.2}


class Timer:
    """Adds up what pytest does around each test, by the name of its row."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.failures: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Function) -> Generator[None, None, None]:
        """Begin the row's time with its set-up."""
        times = self.times.setdefault(row(item), [])
        began = time.perf_counter()
        try:
            yield
        finally:
            times.append(time.perf_counter() - began)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Function) -> Generator[None, None, None]:
        """Add its tear-down."""
        began = time.perf_counter()
        yield
        self.times[row(item)][-1] += time.perf_counter() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what went wrong: a row that fails measures nothing."""
        if not report.passed:
            self.failures.append(f"{report.nodeid}: {report.longreprtext}")


def row(item: pytest.Function) -> str:
    """Return the name of the row that a test belongs to."""
    return str(item.callspec.params["server"])


def measured() -> dict[str, float]:
    """Return the median seconds of each row, less those of a test without a fixture."""
    timer = Timer()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pytest.ini").write_text("[pytest]\n")
        words = ["-qq", "--rootdir", folder]
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*words, "-c", f"{folder}/pytest.ini", str(ROWS)], plugins=[timer])
    if timer.failures or not timer.times:
        raise SystemExit("\n".join(timer.failures) or "pytest ran no test")
    medians = {name: median(times) for name, times in timer.times.items()}
    nothing = medians.pop(NOTHING)
    return {name: value - nothing for name, value in medians.items()}


def table(seconds: dict[str, float]) -> str:
    """Return the table in Markdown, each row with its ratio to both floors."""
    lines = [f"| set up and torn down | ms | of a {FLOOR} | of a {POPEN} |", "|---|--:|--:|--:|"]
    for name, value in sorted(seconds.items(), key=lambda item: item[1]):
        ratios = value / seconds[FLOOR], value / seconds[POPEN]
        lines.append(f"| {name} | {value * 1000:.2f} | {ratios[0]:.2f} | {ratios[1]:.3f} |")
    return "\n".join(lines)


def verdicts(seconds: dict[str, float]) -> list[str]:
    """Return for each must how it was met, in a sentence."""
    return [
        f"{name}: {seconds[name] / seconds[floor]:.2f} of a {floor}, at most {most:g} is allowed"
        for (name, floor), most in MOST.items()
    ]


def main() -> int:
    """Print the table; return 1 when a must is not met."""
    folder = asked_folder(__doc__.partition("\n")[0])
    seconds = measured()
    text = "\n\n".join([table(seconds), *verdicts(seconds)])
    print(text)
    if folder is not None:
        times = {name: value * 1000 for name, value in seconds.items()}
        keep(folder, "fixtures", text, {"Set up and torn down, in milliseconds": times}, PACKAGES)
    return int(any(seconds[name] > most * seconds[floor] for (name, floor), most in MOST.items()))


if __name__ == "__main__":
    sys.exit(main())
