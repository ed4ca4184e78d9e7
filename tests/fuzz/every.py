"""Every target by its name; the folder of its saved inputs is called the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import asked, handed_in, replays, shown, sources, told
from .target import Target

CORPUS = Path(__file__).parent / "corpus"

TARGETS: Mapping[str, Target] = {
    name: target
    for module in (told, sources, handed_in, asked, shown, replays)
    for name, target in module.TARGETS.items()
}


def saved() -> list[Path]:
    """Return the files of all saved inputs."""
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file())
