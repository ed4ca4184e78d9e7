"""Runs Python as a user without any rights, for tests that are run by root."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

NOBODY = 65534
"""The user and the group that own nothing, by the custom of Linux."""

ROOT = Path(__file__).parent.parent
START = """\
import runpy, site, sys
for folder in {packages!r}:
    site.addsitedir(folder)
sys.path[:0] = {paths!r}
if sys.argv[1] == "-m":
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
""".format(
    packages=[path for path in sys.path if path.endswith("site-packages")],
    paths=[str(ROOT / "tests"), str(ROOT)],
)
"""Finds what we find, also with another interpreter than ours, and runs a module or a script."""


def run(*words: str, timeout: float, python: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a module (``-m NAME``) or a script, with arguments, as nobody.

    Raises:
        OSError: there is no interpreter that this user may run.
    """
    found = python or interpreter()
    if found is None:
        raise OSError("this user may run no Python that finds the packages of this one")
    kept = {name: value for name, value in os.environ.items()
            if name.startswith(("LANG", "LC_")) or name == "PYTHONDONTWRITEBYTECODE"}  # fmt: skip
    return subprocess.run(
        [found, "-c", START, *words],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd=os.path.abspath(os.sep),
        env={**kept, "PATH": os.defpath, "HOME": os.path.abspath(os.sep)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@functools.cache
def interpreter() -> str | None:
    """Return a Python of our version that nobody may run, with all packages; None without one."""
    other = shutil.which(f"python3.{sys.version_info.minor}", path=os.defpath)
    return next((each for each in (sys.executable, other) if each and _finds_all(each)), None)


def _finds_all(python: str) -> bool:
    try:
        return run("-m", "pytest", "--version", timeout=60, python=python).returncode == 0
    except OSError:
        return False
