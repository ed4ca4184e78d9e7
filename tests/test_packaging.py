"""What is installed: the wheel holds everything, and grades without the repository."""

from __future__ import annotations

import base64
import configparser
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from importlib.metadata import distribution
from pathlib import Path

import click
import psutil
import pytest

import pytest_sockets

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.timeout(400)]

ROOT = Path(__file__).parent.parent
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
INSTALLED_AS = {
    "pytest_sockets": "pytest_sockets",
    "conformance": "pytest_sockets/conformance",
    "reference": "pytest_sockets/reference",
}
IN_THE_SDIST = ("benchmarks", "changelog.d", "docs", "examples", "tests")
"""What is not installed, and belongs to the sources."""

NOT_OURS = shutil.ignore_patterns("__pycache__", ".*")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sources, so that nothing is left behind in them."""
    if not (ROOT / "pytest_sockets").is_dir():
        pytest.skip("here are tests of what is installed, and nothing to build it from")
    sources = tmp_path_factory.mktemp("sources")
    for folder in (*INSTALLED_AS, *IN_THE_SDIST):
        shutil.copytree(ROOT / folder, sources / folder, ignore=NOT_OURS)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, sources)
    return sources


@pytest.fixture(scope="module")
def built(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of it, and return the folder of both."""
    built = tmp_path_factory.mktemp("built")
    words = ["-m", "build", "--outdir", str(built), str(sources)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return built


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """Return the wheel."""
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def distributed(built: Path) -> Mapping[str, bytes]:
    """Return the files of the sdist by their paths in the repository."""
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive]
        return {name.partition("/")[2]: file.read() for name, file in members if file}


@pytest.fixture(scope="module")
def files(wheel: Path) -> Mapping[str, bytes]:
    """Return the files of the wheel by name; the metadata's are in ``META``."""
    with zipfile.ZipFile(wheel) as archive:
        return {_plain(name): archive.read(name) for name in archive.namelist()}


def _plain(name: str) -> str:
    first, _, rest = name.partition("/")
    return f"META/{rest}" if first.endswith(".dist-info") else name


@pytest.fixture(scope="module")
def python(wheel: Path) -> Iterator[Path]:
    """Yield the interpreter of a new environment that has the wheel and not the repository.

    pytest, psutil and click are lent by the environment that runs this test; its own
    .pth files, and so its editable installs, do not take part. It does not lie where
    temporary files do: there programs have folders of their own.
    """
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        yield _environment(Path(folder) / "venv", wheel)


def _environment(folder: Path, wheel: Path) -> Path:
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


@pytest.mark.parametrize("folder", [*INSTALLED_AS, *IN_THE_SDIST])
def test_the_sdist_holds_all_that_the_tests_need(
    folder: str, sources: Path, distributed: Mapping[str, bytes]
) -> None:
    """Whoever has it can build the wheel, test it, and make the documentation."""
    kept = {name for name in distributed if name.startswith(f"{folder}/")}
    files = [path for path in (sources / folder).rglob("*") if path.is_file()]
    ours = {path.relative_to(sources).as_posix() for path in files}
    assert kept == ours
    assert all(distributed[name] == (sources / name).read_bytes() for name in ours)


def test_what_lies_beside_the_folders_is_in_the_sdist(distributed: Mapping[str, bytes]) -> None:
    """What it is built with, and what is to be read first."""
    beside = {"Makefile", "LICENSE", "README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md",
              "SECURITY.md", "pyproject.toml", "MANIFEST.in", "PKG-INFO"}  # fmt: skip
    assert beside <= set(distributed)


@pytest.mark.parametrize("folder", INSTALLED_AS)
def test_every_module_is_in_the_wheel(
    folder: str, sources: Path, files: Mapping[str, bytes]
) -> None:
    """No package is forgotten, and what is installed is what is in the repository."""
    for path in (sources / folder).rglob("*.py"):
        name = f"{INSTALLED_AS[folder]}/{path.relative_to(sources / folder).as_posix()}"
        assert files[name] == path.read_bytes()


def test_what_is_no_module_is_in_the_wheel(sources: Path, files: Mapping[str, bytes]) -> None:
    """The mark of a typed package, what the reports are made with, and the licence."""
    assert "pytest_sockets/py.typed" in files
    for path in (sources / "pytest_sockets" / "reports" / "templates").iterdir():
        assert files[f"pytest_sockets/reports/templates/{path.name}"] == path.read_bytes()
    assert json.loads(files["pytest_sockets/reports/result.schema.json"])
    assert files["META/licenses/LICENSE"] == (sources / "LICENSE").read_bytes()


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


@pytest.mark.parametrize("namespaces", [True, pytest.param(False, marks=ON_LINUX)])
def test_a_grade_works_where_only_the_wheel_is(
    python: Path, tmp_path: Path, *, namespaces: bool
) -> None:
    """From a student's folder, which has a ``conformance`` and a ``reference`` of its own."""
    shutil.copy(ROOT / "reference" / "tcp_echo_server.py", tmp_path)
    for name in ("conformance", "reference"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong one')")
    where = _run(python, "-c", "import pytest_sockets as p; print(p.__file__)", folder=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(python.parent.parent)

    words = ["-m", "pytest", "--target", "tcp_echo_server.py", "--sockets-report", "json=r.json"]
    within = [] if namespaces else [str(ROOT / "tests" / "without_namespaces.py"), str(python)]
    done = _run(python, *within, *words, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    (card,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["scorecards"]
    assert (card["score"], card["max_score"]) == (100, 100)


def test_a_checkout_is_graded_with_where_the_wheel_is(python: Path) -> None:
    """``python -m pytest`` takes the checkout's package, which finds the suite beside it."""
    words = ["-m", "pytest", "-p", "no:cacheprovider", "--target", "reference/tcp_hello_server.py"]
    done = _run(python, *words, folder=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100 of 100" in done.stdout


def test_what_is_tested_is_this_checkout_or_what_is_installed(tmp_path: Path) -> None:
    """No test passes by chance with another copy, nor does a program that a test starts."""
    here = ROOT / "pytest_sockets"
    tested = Path(pytest_sockets.__file__).parent
    installed = Path(sysconfig.get_path("purelib")) / "pytest_sockets"
    assert tested == (here if here.is_dir() else installed)
    code = "import pytest_sockets as p; print(p.__file__)"
    for folder in (ROOT, tmp_path):
        told = _run(Path(sys.executable), "-c", code, folder=folder).stdout.strip()
        assert Path(told).parent == tested


@pytest.mark.skipif((ROOT / "pytest_sockets").is_dir(), reason="the checkout is what is tested")
def test_what_is_installed_is_what_the_wheel_held() -> None:
    """No file was changed since, and none leads back to a checkout."""
    files = distribution("pytest-sockets").files or []
    hashes = {each: each.hash for each in files if each.parts[0] == "pytest_sockets" and each.hash}
    inside = {each.parts[1] for each in hashes}
    assert {"__init__.py", "plugin.py", "conformance", "reference"} <= inside
    for each, kept in hashes.items():
        made = hashlib.new(kept.mode, each.read_binary()).digest()
        assert base64.urlsafe_b64encode(made).rstrip(b"=").decode() == kept.value
