"""Mutates saved inputs, guided by what code they reach: ``python -m fuzz.run [TARGET …]``.

Needs atheris, which is libFuzzer for Python. Each target runs in a process of its own.
An input that breaks a reader is left in build/fuzz: once the reader is mended it goes
into the corpus, under a name that says what it is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

TESTS = Path(__file__).parent.parent
BROKEN = TESTS.parent / "build" / "fuzz"
LONGEST = 4096
"""Bytes of an input; larger ones are made in ``large``."""

LIMITS = ("-timeout=20", "-rss_limit_mb=1500", "-print_final_stats=1", f"-max_len={LONGEST}")


def main() -> int:
    """Try the targets that were asked for, all of them by default; 1 when one is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="names of targets; without any, all of them")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--begin", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed here: nothing is mutated\n")
        return 0
    if asked.begin:
        _fuzz(asked.targets[0], asked.seconds, asked.begin)
    from fuzz.every import TARGETS

    BROKEN.mkdir(parents=True, exist_ok=True)
    broken = [name for name in asked.targets or TARGETS if not _holds(name, asked.seconds)]
    for name in broken:
        sys.stderr.write(f"{name}: an input breaks it, see {BROKEN}\n")
    return 1 if broken else 0


def _holds(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own; tell whether nothing broke it."""
    from fuzz.every import TARGETS

    sys.stderr.write(f"\n{name}\n")
    with tempfile.TemporaryDirectory() as begin:
        for number, data in enumerate(TARGETS[name].like):
            Path(begin, str(number)).write_bytes(data)
        options = ["--seconds", str(seconds), "--begin", begin, name]
        command = [sys.executable, "-m", "fuzz.run", *options]
        return subprocess.run(command, cwd=TESTS, check=False).returncode == 0


def _fuzz(name: str, seconds: int, begin: str) -> None:
    """Fuzz one target, beginning with what is saved and in ``begin``; this process ends by it."""
    import atheris

    with atheris.instrument_imports(include=["pytest_sockets"]):
        from fuzz.every import CORPUS, TARGETS

    limits = [*LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={BROKEN}/{name}-"]
    atheris.Setup([sys.argv[0], *limits, begin, str(CORPUS / name)], TARGETS[name].check)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
