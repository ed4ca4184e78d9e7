"""Keeps what a benchmark found: its table as Markdown, its figures as SVG.

Knows files, and the machine and the versions that every file names. Does not
know what was measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from benchmarks.plot import bars

CPU = Path("/proc/cpuinfo")


def asked_folder(description: str | None) -> Path | None:
    """Return the folder that the command line names with --into, if it does."""
    parser = argparse.ArgumentParser(description=description)
    add_folder(parser)
    chosen: Path | None = parser.parse_args().into
    return chosen


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add the option --into."""
    parser.add_argument("--into", type=Path, help="keep table and plots there (needs pygal)")


def keep(
    folder: Path,
    name: str,
    text: str,
    plots: Mapping[str, Mapping[str, float]],
    packages: Iterable[str] = (),
) -> None:
    """Write ``text`` to ``name``.md in ``folder``, and each of ``plots`` to an SVG beside it.

    ``plots`` has figures by their names under each title; ``packages`` are those
    whose versions are told where they are installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    links = []
    for number, (title, values) in enumerate(plots.items(), 1):
        path = folder / (f"{name}-{number}.svg" if len(plots) > 1 else f"{name}.svg")
        bars(path, title, dict(values))
        links.append(f"![{title}]({path.name})")
    parts = [f"# {name}", machine(), *versions(packages), text.strip(), *links]
    (folder / f"{name}.md").write_text("\n\n".join(parts) + "\n", "utf-8")


def machine() -> str:
    """Return in a line what was measured with and on."""
    release = platform.release().partition("-")[0]
    cores = f"{os.cpu_count()} processors"
    found = re.search(r"model name\s*: (.*)", CPU.read_text("utf-8")) if CPU.exists() else None
    model = found[1].strip() if found else platform.machine()
    return (
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"{platform.system()} {release}, {cores} ({model})"
    )


def versions(packages: Iterable[str]) -> list[str]:
    """Return in a line, if in any, the versions of those packages that are installed."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:  # noqa: PERF203 - there are few
            continue
    return [", ".join(found)] if found else []
