"""What the tests of the plugin share: a folder with homework, and programs to put there."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from running import Folder

from pytest_sockets.programs.place import Runner

# What the tests read is English, wherever they run.
os.environ["LANGUAGE"] = "en"

# A shell's & leaves SIGINT ignored, and children inherit that: whoever runs these tests in the
# background would find that nothing can be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Hypothesis asks for a profile by its name before it sees the tests that go by it.
settings.register_profile(
    "thorough",
    max_examples=5_000,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes anew what students read about the mistakes."""
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew where it differs"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder in which pytest can be run."""
    path = tmp_path / "homework"
    path.mkdir()
    return Folder(path)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """What starts programs, the same for all tests of a file."""
    made = Runner(private=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def portable_runner() -> Iterator[Runner]:
    """What starts programs where the system offers nothing but processes and sockets."""
    made = Runner(portable=True)
    yield made
    made.close()
