"""What is installed: the wheel holds everything, and grades without the repository."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Mapping
from email import message_from_bytes
from pathlib import Path

import click
import psutil
import pytest

pytestmark = pytest.mark.xdist_group("packaging")

ROOT = Path(__file__).parent.parent
INSTALLED_AS = {
    "pytest_sockets": "pytest_sockets",
    "conformance": "pytest_sockets/conformance",
    "reference": "pytest_sockets/reference",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the sources, so that nothing is left behind in them."""
    sources, built = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("built")
    for name in INSTALLED_AS:
        shutil.copytree(ROOT / name, sources / name)
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, sources / name)
    words = ["-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(built), str(sources)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def files(wheel: Path) -> Mapping[str, bytes]:
    """Return the files of the wheel by name; the metadata's are in ``META``."""
    with zipfile.ZipFile(wheel) as archive:
        return {_plain(name): archive.read(name) for name in archive.namelist()}


def _plain(name: str) -> str:
    first, _, rest = name.partition("/")
    return f"META/{rest}" if first.endswith(".dist-info") else name


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of a new environment that has the wheel and not the repository.

    pytest, psutil and click are lent by the environment that runs this test; its own
    .pth files, and so its editable installs, do not take part.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, symlinks=os.name == "posix")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    told = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    site = Path(told.stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    lent = {str(Path(str(module.__file__)).parent.parent) for module in (pytest, psutil, click)}
    (site / "lent.pth").write_text("\n".join(sorted(lent)))
    return python


def _run(python: Path, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    return subprocess.run(
        [python, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("folder", INSTALLED_AS)
def test_every_module_is_in_the_wheel(folder: str, files: Mapping[str, bytes]) -> None:
    """No package is forgotten, and what is installed is what is in the repository."""
    for path in (ROOT / folder).rglob("*.py"):
        name = f"{INSTALLED_AS[folder]}/{path.relative_to(ROOT / folder).as_posix()}"
        assert files[name] == path.read_bytes()


def test_what_is_no_module_is_in_the_wheel(files: Mapping[str, bytes]) -> None:
    """The mark of a typed package, what the reports are made with, and the licence."""
    assert "pytest_sockets/py.typed" in files
    for path in (ROOT / "pytest_sockets" / "reports" / "templates").iterdir():
        assert files[f"pytest_sockets/reports/templates/{path.name}"] == path.read_bytes()
    assert json.loads(files["pytest_sockets/reports/result.schema.json"])
    assert files["META/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_nothing_else_is_in_the_wheel(files: Mapping[str, bytes]) -> None:
    """``reference`` and ``conformance`` own no name at the top of site-packages."""
    assert {name.partition("/")[0] for name in files} == {"pytest_sockets", "META"}


def test_pytest_finds_the_plugin(files: Mapping[str, bytes]) -> None:
    """The wheel's entry point names the plugin, and another one the command."""
    entries = configparser.ConfigParser()
    entries.read_string(files["META/entry_points.txt"].decode())
    assert dict(entries["pytest11"]) == {"sockets": "pytest_sockets.plugin"}
    assert dict(entries["console_scripts"]) == {"pytest-sockets": "pytest_sockets.cli:main"}


def test_the_metadata_says_what_is_needed(files: Mapping[str, bytes]) -> None:
    """Python 3.10 and four distributions, nothing more; Jinja2, Rich, tomli and Dask are extras."""
    metadata = message_from_bytes(files["META/METADATA"])
    needed: dict[str, set[str]] = {}
    for line in metadata.get_all("Requires-Dist", []):
        extra = line.partition("extra == ")[2].strip('"')
        needed.setdefault(extra, set()).add(line.partition(">")[0])
    assert metadata["Requires-Python"] == ">=3.10"
    assert needed == {
        "": {"pytest", "pytest-timeout", "psutil", "click"},
        "html": {"jinja2"},
        "class": {"rich", "tomli"},
        "cluster": {"distributed"},
    }


def test_the_command_works_where_only_the_wheel_is(python: Path, tmp_path: Path) -> None:
    """It finds the exercises, and the reference programs beside them."""
    words = ["-m", "pytest_sockets.cli"]
    listed = _run(python, *words, "list", folder=tmp_path)
    assert "\ntcp-echo " in listed.stdout, listed.stderr
    told = _run(python, *words, "explain", "tcp-echo-server/restarts-at-once", folder=tmp_path)
    path = told.stdout.partition("a program that passes: ")[2].strip()
    assert Path(path).is_relative_to(python.parent.parent), told.stderr


def test_a_grade_works_where_only_the_wheel_is(python: Path, tmp_path: Path) -> None:
    """From a student's folder, which has a ``conformance`` and a ``reference`` of its own."""
    shutil.copy(ROOT / "reference" / "tcp_echo_server.py", tmp_path)
    for name in ("conformance", "reference"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong one')")
    where = _run(python, "-c", "import pytest_sockets as p; print(p.__file__)", folder=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(python.parent.parent)

    words = ["-m", "pytest", "--target", "tcp_echo_server.py", "--sockets-report", "json=r.json"]
    done = _run(python, *words, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    (card,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["scorecards"]
    assert (card["score"], card["max_score"]) == (100, 100)
