"""What the command line and the configuration file say about a grade.

Checks every option before anything runs: bad use ends pytest with status 4 and
one message. Does not know what is done with the settings.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import sys
import tempfile
from datetime import datetime, timezone
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from . import catalogue
from .behaviours import Role
from .catalogue import NoSuchExercise
from .kernel.portable import portable
from .messages import Message, message, spoken
from .modules import SCRIPTS
from .programs.containment import MODES, Mode, refusal
from .programs.interpreters import interpreter
from .programs.place import Runner
from .record import Settings
from .replay.folder import Unwritable, prepared
from .reports.formats import AWAITED, FORMATS, missing
from .reports.writing import write_reports
from .session import GradingSession
from .targets import TOUR, BadTarget, is_address
from .ungraded import ungraded


def start_grading(config: pytest.Config, specs: list[str]) -> None:
    """Register the session that grades the programs that ``specs`` name.

    With paths on the command line nothing is graded.

    Raises:
        pytest.UsageError: an option is wrong, or no program can be found.
    """
    if config.option.file_or_dir:
        _refuse_programs_as_paths(config)
        return
    worker: dict[str, Any] | None = getattr(config, "workerinput", None)
    settings = _settings(config, worker)
    _check_containment(settings, specs)
    session = GradingSession(config, settings)
    try:
        session.assign(specs, worker["sockets_assigned"] if worker else None)
    except (BadTarget, NoSuchExercise) as error:
        settings.runner.close()
        if isinstance(error, BadTarget) and not worker:
            _tell_who_waits(settings, specs, error.problem)
        raise pytest.UsageError(str(error.problem)) from error
    config.pluginmanager.register(session, "sockets-grading")
    # Collection begins, and by the session's hook ends, at the one folder that always exists.
    config.args[:] = [str(config.rootpath)]
    # What pytest would say of a failure, the scorecard says better.
    options = vars(config.option)
    if options.get("tbstyle") == "auto":
        options["tbstyle"] = "no"
    if options.get("reportchars") == "fE":
        options["reportchars"] = ""


def _check_containment(settings: Settings, specs: list[str]) -> None:
    """Refuse to run what can't be contained where it has to be; others' servers do run already."""
    runs = [spec for spec in specs if spec != TOUR and not is_address(spec)]
    if settings.runner.containment == "strict" and runs and settings.runner.contained.missing:
        problem = refusal(settings.runner.contained)
        settings.runner.close()
        raise pytest.UsageError(str(problem))


def _tell_who_waits(settings: Settings, specs: list[str], problem: Message) -> None:
    """Write the reports that are waited for although there is no program.

    That needs to be known what would have been asked of it: the total is what it always is.
    """
    awaited = [(name, path) for name, path in settings.reports if name in AWAITED]
    if not awaited or not settings.exercise or len(specs) != 1:
        return
    with contextlib.suppress(NoSuchExercise):
        exercise = catalogue.exercise(settings.exercise, settings.folder)
        roles = [settings.role] if settings.role else list(exercise.profiles)
        if len(roles) == 1 and roles[0] in exercise.profiles:
            card = ungraded(exercise, roles[0], specs[0], problem, seed=settings.seed)
            now = datetime.now(timezone.utc)
            write_reports(awaited, [card], started=now, seed=settings.seed, translate=spoken)


def _refuse_programs_as_paths(config: pytest.Config) -> None:
    """Refuse what a shell makes of an unquoted pattern: pytest would import the programs."""
    patterns = config.getini("python_files")
    for text in config.option.file_or_dir if config.getoption("target") else ():
        name = Path(text).name
        if name.endswith(SCRIPTS) and not any(fnmatch(name, pattern) for pattern in patterns):
            raise pytest.UsageError(
                str(
                    message(
                        "{name} is no test and was not named by --target: quote a pattern, as in "
                        "--target '*.py', or write --target before each program",
                        name=text,
                    )
                )
            )


def _settings(config: pytest.Config, worker: dict[str, Any] | None) -> Settings:
    seed = worker["sockets_seed"] if worker else config.getoption("sockets_seed")
    if seed is None:
        seed = random.SystemRandom().randrange(1, 10**6)
    python = _either(config, "sockets_python") or None
    return Settings(
        folder=_folder(config, "target"),
        exercise=_either(config, "exercise") or None,
        role=_role(_either(config, "role")),
        seed=seed,
        reports=[] if worker else _reports(config),
        fail_under=_percent(_either(config, "sockets_fail_under")),
        show_exchange=config.getoption("sockets_show_exchange"),
        python=python,
        replay=None if worker else _replay(config),
        runner=Runner(
            _interpreter(python) if python else sys.executable,
            portable=portable(),
            private=True,
            containment=_containment(_either(config, "sockets_containment")),
        ),
    )


def _either(config: pytest.Config, name: str) -> Any:
    option = config.getoption(name)
    return config.getini(name) if option in (None, []) else option


def _folder(config: pytest.Config, name: str) -> Path:
    """Return the folder that the paths of an option are seen from: for ini files their own."""
    if config.getoption(name) in (None, []) and config.inipath is not None:
        return config.inipath.parent
    return config.invocation_params.dir


def _role(text: str) -> Role | None:
    roles: dict[str, Role] = {"server": "server", "client": "client", "function": "function"}
    if text and text not in roles:
        raise pytest.UsageError(
            str(message("role is server, client or function, not {text}", text=repr(text)))
        )
    return roles.get(text)


def _containment(text: str) -> Mode:
    if text and text not in MODES:
        raise pytest.UsageError(
            str(message("sockets_containment is auto, strict or off, not {text}", text=repr(text)))
        )
    return next((mode for mode in MODES if mode == text), "auto")


def _percent(text: Any) -> float | None:
    if text in (None, ""):
        return None
    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise pytest.UsageError(
            str(
                message("--sockets-fail-under is a percentage from 0 to 100, not {text}", text=text)
            )
        )
    return percent


def _interpreter(python: str) -> str:
    found = interpreter(python)
    if found is None:
        raise pytest.UsageError(
            str(
                message(
                    "--sockets-python: {python} is no Python interpreter of version 3.8 or newer",
                    python=python,
                )
            )
        )
    return found


def _reports(config: pytest.Config) -> list[tuple[str, Path]]:
    """Return formats and paths of the reports, each known to be writable."""
    found = []
    for text in _either(config, "sockets_report"):
        name, separator, path = text.partition("=")
        if not separator or name not in FORMATS or not path:
            raise pytest.UsageError(
                str(
                    message(
                        "--sockets-report is FORMAT=PATH (formats: {known}), not {text}",
                        known=", ".join(FORMATS),
                        text=repr(text),
                    )
                )
            )
        lacking = missing(name)
        if lacking is not None:
            raise pytest.UsageError(str(lacking))
        found.append((name, _writable(_folder(config, "sockets_report") / path)))
    return found


def _replay(config: pytest.Config) -> Path | None:
    """Return the folder for replays, known to take files."""
    name = config.getoption("sockets_replay")
    if name is None or config.option.collectonly:
        return None
    try:
        return prepared(config.invocation_params.dir / name)
    except Unwritable as error:
        raise pytest.UsageError(str(error.problem)) from error


def _writable(path: Path) -> Path:
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # The report will be a new file that takes the old one's place.
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise pytest.UsageError(
            str(
                message(
                    "--sockets-report: {path} can't be written ({why}): name a file in a folder "
                    "that exists and is yours to write to",
                    path=str(path),
                    why=error.strerror,
                )
            )
        ) from error
    return path
