"""Submissions that attack whoever unpacks, lists or runs them: archives, names, files beside.

Each holds the same correct program. It is graded as a whole class is, by the command, and
has all its points: nothing that came with it counts, runs or gets out.
"""

from __future__ import annotations

import csv
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from courses.classes import Files, tarred, write, zipped
from running import Folder

from pytest_sockets.cli import main
from pytest_sockets.programs.place import Runner

pytestmark = pytest.mark.xdist_group("hostile submissions")

SERVER = (Path(__file__).parent.parent / "reference" / "tcp_echo_server.py").read_text("utf-8")
LARGE = 256 << 20
MOST_MEMORY = 300 << 20
"""Bytes that the grading process may grow by, whatever is handed in."""

HOMEWORK = """\
title = "Echo"

[[part]]
exercise = "tcp-echo"
role = "server"
"""
RUN = "open({path!r}, 'a').write('ran: ' + __file__)\n"
SETTINGS = """\
[pytest]
addopts = -p evil --co
python_files = *.py
[tool:pytest]
addopts = -p evil
"""
STARTUP = ("sitecustomize.py", "usercustomize.py", "conftest.py", "evil.py", "pytest_sockets.py",
           "pytest.py", "psutil.py", "_pytest/__init__.py", "setup.py", "__init__.py")  # fmt: skip
"""Files that some Python imports by itself, or that have a name which the grader imports."""


def bomb(path: Path) -> Path:
    """Write a zip file whose one large file is zeros, beside the program."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("server.py", SERVER)
        with archive.open("zeros.bin", "w", force_zip64=True) as file:
            for _ in range(LARGE >> 20):
                file.write(bytes(1 << 20))
    return path


def overlapping(path: Path) -> Path:
    """Write a zip file in zip files in zip files, each of which holds many copies of the next."""
    inner = bytes(4 << 20)
    for _ in range(4):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{number}.zip", inner)
        inner = packed.getvalue()
    return zipped(path, {"server.py": SERVER, "more.zip": inner})


def crowd(path: Path) -> Path:
    """Write a zip file of very many empty files, the program first."""
    return zipped(path, {"server.py": SERVER, **{f"{n}.txt": "" for n in range(10_000)}})


def climbing(path: Path, outside: Path) -> Path:
    """Write an archive whose names, links and devices lead out of wherever it is unpacked."""
    names = ["../../../evil.txt", str(outside / "evil.txt"), "..\\..\\evil.txt", "a/../../evil.txt"]
    link, hard, device = (tarfile.TarInfo(name) for name in ("link", "hard", "null"))
    link.type, link.linkname = tarfile.SYMTYPE, str(outside)
    hard.type, hard.linkname = tarfile.LNKTYPE, "/etc/passwd"
    device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 3
    through = tarfile.TarInfo("link/evil.txt")
    files = {"server.py": SERVER, **dict.fromkeys(names, "evil")}
    return tarred(path, files, link, hard, device, through)


def traps(outside: Path) -> Files:
    """Return files that would tell if anybody ran, imported or obeyed them."""
    run = RUN.format(path=str(outside / "evil.txt"))
    return {
        "server.py": SERVER,
        **dict.fromkeys(STARTUP, run),
        "evil.pth": f"import os; {run}",
        **dict.fromkeys(("pytest.ini", "tox.ini", "setup.cfg"), SETTINGS),
        "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p evil"\n',
        ".env": "PYTEST_ADDOPTS=-p evil\n",
    }


NAMES = ("new\nline", 'o\'brien "the best"', "$(touch evil.txt)", "-rf", "%s{0}", "<b>x", "=1+1")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nobody has anything to write."""
    return tmp_path_factory.mktemp("outside")


@pytest.fixture(scope="module")
def mode() -> str:
    """How far programs can be contained here: strict, or as far as it goes."""
    runner = Runner(private=True, containment="strict")
    try:
        return "auto" if runner.contained.missing else "strict"
    finally:
        runner.close()


@pytest.fixture(scope="module")
def grades(
    mode: str, outside: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The rows of the gradebook of a class in which everybody attacks."""
    folder = tmp_path_factory.mktemp("class")
    hw = folder / "hw"
    archives: dict[str, Callable[[Path], Path]] = {
        "bomb.zip": bomb, "nested.zip": overlapping, "crowd.zip": crowd,
        "climbing.tar.gz": lambda path: climbing(path, outside),
    }  # fmt: skip
    hw.mkdir()
    for name, make in archives.items():
        make(hw / name)
    for name in NAMES:
        write(hw / name, {"server.py": SERVER, f"{name}.txt": "x", f"{name}/{name}.py": "1 / 0\n"})
    write(hw / "traps", traps(outside))
    (folder / "hw.toml").write_text(
        'title = "Echo"\n\n[[part]]\nexercise = "tcp-echo"\nrole = "server"\n'
    )
    before = psutil.Process().memory_info().rss
    told = CliRunner().invoke(
        main,
        ["--lang", "en", "grade", str(hw), "--assignment", str(folder / "hw.toml"), "--seed", "7",
         "--store", str(folder / "grades.db"), "--output", str(folder / "out"),
         "--containment", mode],
    )  # fmt: skip
    assert psutil.Process().memory_info().rss - before < MOST_MEMORY
    assert told.exit_code == 0, told.output
    text = (folder / "out" / "gradebook.csv").read_bytes().decode("utf-8-sig")
    assert sorted(path.name for path in folder.iterdir()) == ["grades.db", "hw", "hw.toml", "out"]
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_everybody_is_graded_for_the_program_alone(grades: dict[str, dict[str, str]]) -> None:
    """All points for a right program, whatever it came in and whatever came with it."""
    told = {name: (row["status"], row["score"]) for name, row in grades.items()}
    assert told == dict.fromkeys(told, ("graded", "100"))
    assert len(told) == 5 + len(NAMES)


def test_nothing_of_a_submission_gets_out(grades: dict[str, dict[str, str]], outside: Path) -> None:
    """No file is written beside the copies, and no file that came along is run."""
    assert grades
    assert list(outside.iterdir()) == []
    assert not list(Path.cwd().glob("evil*"))


def test_files_beside_the_program_are_nothing_to_pytest(
    folder: Folder, outside: Path, mode: str
) -> None:
    """Whoever grades by plain pytest, from the folder above, obeys and imports none of them."""
    for name, content in traps(outside).items():
        folder.write(f"hw/traps/{name}", content)
    run = folder.grade(
        "--target=hw/traps/server.py", "--exercise=tcp-echo", "--role=server",
        f"--sockets-containment={mode}", f"--rootdir={folder.path}",
    )  # fmt: skip
    assert run.status == 0, run.said
    assert (run.card["score"], run.card["complete"]) == (100.0, True)
    assert list(outside.iterdir()) == []


@pytest.mark.skipif("os.name == 'nt'", reason="Windows allows no such names")
@pytest.mark.parametrize("name", ["new\nline.py", 'a\'b "c".py', "..py.py", "$(x) `y`; z.py"])
def test_a_program_s_own_name_is_only_a_name(folder: Folder, mode: str, name: str) -> None:
    """It breaks no report, and no command line that is built of it."""
    folder.write(name, SERVER)
    run = folder.grade(f"--target={name}", "--exercise=tcp-echo", "--role=server",
                       f"--sockets-containment={mode}")  # fmt: skip
    assert run.status == 0, run.said
    assert (run.card["target"], run.card["score"]) == (name, 100.0)
    assert set(os.listdir(folder.path)) - {".pytest_cache"} == {name, "result.json"}
