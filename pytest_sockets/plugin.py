"""The pytest plugin: options, collection, reports. Glue, and nothing else.

Turns ``--target`` into items, one for each behaviour, and what they yield into
scorecards. A behaviour is no test function: no fixture, and no conftest.py of
the graded folder, takes part in it.
"""

from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from .catalogue import SUITE, NoSuchExercise
from .programs.place import Runner
from .session import GradingSession, Settings, portable
from .targets import BadTarget

HELP = {
    "--target": "grade this program: server.py, mymodule, mymodule:function, "
    "'cmd:node server.js {host} {port}', tcp://127.0.0.1:9000; may be given again",
    "--exercise": "the exercise to grade for, such as tcp-echo, or a Python file that defines one",
    "--role": "the role of the program in the exercise, where nothing else tells",
    "--sockets-report": "write a report: json=PATH; may be given again",
    "--sockets-seed": "repeat a run: the seed that it printed",
    "--sockets-fail-under": "exit with status 1 when a score is below this percentage",
    "--sockets-python": "the interpreter that runs Python programs (3.8 or newer)",
    "--sockets-show-exchange": "show the exchange of every behaviour, not only of failed ones",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the group "sockets" and their ini options."""
    group = parser.getgroup("sockets", "grading network programs (pytest-sockets)")
    many = {"action": "append", "default": []}
    group.addoption("--target", **many, metavar="SPEC", help=HELP["--target"])
    group.addoption("--exercise", metavar="NAME|PATH.py", help=HELP["--exercise"])
    group.addoption("--role", choices=("server", "client"), help=HELP["--role"])
    group.addoption(
        "--sockets-report", **many, metavar="FORMAT=PATH", help=HELP["--sockets-report"]
    )
    group.addoption("--sockets-seed", type=int, metavar="N", help=HELP["--sockets-seed"])
    group.addoption(
        "--sockets-fail-under", type=float, metavar="PERCENT", help=HELP["--sockets-fail-under"]
    )
    group.addoption("--sockets-python", metavar="PATH", help=HELP["--sockets-python"])
    group.addoption(
        "--sockets-show-exchange", action="store_true", help=HELP["--sockets-show-exchange"]
    )
    parser.addini("target", HELP["--target"], "linelist", [])
    for name in ("exercise", "role", "sockets_fail_under", "sockets_python"):
        parser.addini(name, HELP["--" + name.replace("_", "-")], default="")
    parser.addini("sockets_report", HELP["--sockets-report"], "linelist", [])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> None:
    """Leave the graded folder's conftest.py alone: a grade must not depend on it."""
    known = early_config.known_args_namespace
    if getattr(known, "target", None) and not known.file_or_dir:
        known.noconftest = True


def pytest_configure(config: pytest.Config) -> None:
    """Find out what is graded; bad use ends the run with status 4 and one message."""
    specs = config.getoption("target") or config.getini("target")
    if not specs or config.option.help or config.option.version:
        return
    alone = config.args_source is not pytest.Config.ArgsSource.ARGS
    if not alone:
        return
    worker: dict[str, Any] | None = getattr(config, "workerinput", None)
    try:
        settings = _settings(config, worker)
        session = GradingSession(config, settings)
        session.assign(specs, worker["sockets_assigned"] if worker else None)
    except (BadTarget, NoSuchExercise) as error:
        raise pytest.UsageError(str(error.problem)) from error
    config.pluginmanager.register(session, "sockets-grading")
    config.args[:] = [importlib.import_module(SUITE).__path__[0]]
    if config.option.tbstyle == "auto":
        config.option.tbstyle = "no"
    if config.option.reportchars == "fE":
        config.option.reportchars = ""


def _settings(config: pytest.Config, worker: dict[str, Any] | None) -> Settings:
    seed = config.getoption("sockets_seed")
    if worker:
        seed = worker["sockets_seed"]
    if seed is None:
        seed = random.SystemRandom().randrange(1, 10**6)
    python = _either(config, "sockets_python") or sys.executable
    return Settings(
        folder=Path(config.invocation_params.dir),
        exercise=_either(config, "exercise") or None,
        role=_role(_either(config, "role")),
        seed=seed,
        reports=_reports(config),
        fail_under=_percent(_either(config, "sockets_fail_under")),
        show_exchange=config.getoption("sockets_show_exchange"),
        runner=Runner(_interpreter(python), portable=portable()),
    )


def _either(config: pytest.Config, name: str) -> Any:
    option = config.getoption(name)
    return config.getini(name) if option in (None, []) else option


def _role(text: str) -> Any:
    if text and text not in ("server", "client"):
        raise pytest.UsageError(f"role is server or client, not {text!r}")
    return text or None


def _percent(text: Any) -> float | None:
    try:
        return None if text in (None, "") else float(text)
    except ValueError:
        raise pytest.UsageError(f"sockets_fail_under is a percentage, not {text!r}") from None


def _interpreter(python: str) -> str:
    import shutil

    found = shutil.which(python)
    if found is None:
        raise pytest.UsageError(f"--sockets-python: there is no interpreter {python}")
    return found


def _reports(config: pytest.Config) -> list[tuple[str, Path]]:
    """Return formats and paths of the reports, each known to be writable."""
    found = []
    for text in _either(config, "sockets_report"):
        name, separator, path = text.partition("=")
        if not separator or name != "json" or not path:
            raise pytest.UsageError(f"--sockets-report is json=PATH, not {text!r}")
        found.append((name, _writable(Path(config.invocation_params.dir) / path)))
    return found


def _writable(path: Path) -> Path:
    import os

    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise pytest.UsageError(
            f"--sockets-report: {path} can't be written: it needs a file name in a folder "
            "that exists and is writable"
        )
    return path
