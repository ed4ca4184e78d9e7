"""The pytest plugin: options, fixtures, and the way into a grade. Glue, and nothing else.

Every pytest run where this package is installed loads this module, so it imports
nothing of ours: what grades is imported once there is a target, what the
fixtures need once a test uses them.
"""

from __future__ import annotations

import pytest

from .fixtures import network, peers, witnesses
from .languages import LANGUAGES, language
from .messages import Translate, message, same, speak, translatable

SPOKEN_BEFORE = pytest.StashKey[Translate]()

GROUP = translatable("grading network programs (pytest-sockets)")

HELP = {
    "--target": "grade this program: server.py, mymodule, mymodule:function, "
    "'cmd:node server.js {host} {port}', tcp://127.0.0.1:9000; may be given again; "
    "tour grades nothing: it demonstrates the socket API on this machine",
    "--exercise": "the exercise to grade for, such as tcp-echo, or a Python file that defines one",
    "--role": "the role of the program in the exercise, where nothing else tells",
    "--sockets-report": "write a report: json=PATH, html=PATH (which needs Jinja2: pip install "
    "'pytest-sockets[html]'), gradescope=PATH, classroom=PATH, or gradebook=PATH (CSV); may be "
    "given again",
    "--sockets-lang": "the language of sentences: en (English) or zh (Chinese); "
    "without it the locale's",
    "--sockets-seed": "repeat a run: the seed that it printed",
    "--sockets-fail-under": "exit with status 1 when a score is below this percentage",
    "--sockets-containment": "auto (the default) keeps programs from doing harm as far as this "
    "machine can; strict runs none where that is not in full; off does not contain them",
    "--sockets-python": "the interpreter that runs Python programs (3.8 or newer)",
    "--sockets-replay": "write a script for each failure into this folder: it repeats the "
    "exchange without pytest and without deadlines, to be run beside a debugger",
    "--sockets-show-exchange": "show the exchange of every behaviour, not only of failed ones",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the group "sockets" and their ini options.

    What ``--help`` says of them is in the locale's language: no option is known yet.
    """
    tell = language(None)
    told = {name: tell(text) for name, text in HELP.items()}
    group = parser.getgroup("sockets", tell(GROUP))
    many = {"action": "append", "default": []}
    group.addoption("--target", **many, metavar="SPEC", help=told["--target"])
    group.addoption("--exercise", metavar="NAME|PATH.py", help=told["--exercise"])
    group.addoption("--role", choices=("server", "client", "function"), help=told["--role"])
    group.addoption(
        "--sockets-report", **many, metavar="FORMAT=PATH", help=told["--sockets-report"]
    )
    group.addoption("--sockets-lang", choices=LANGUAGES, help=told["--sockets-lang"])
    group.addoption("--sockets-seed", type=int, metavar="N", help=told["--sockets-seed"])
    group.addoption(
        "--sockets-fail-under", type=float, metavar="PERCENT", help=told["--sockets-fail-under"]
    )
    group.addoption("--sockets-python", metavar="PATH", help=told["--sockets-python"])
    group.addoption(
        "--sockets-containment",
        choices=("auto", "strict", "off"),
        help=told["--sockets-containment"],
    )
    group.addoption("--sockets-replay", metavar="FOLDER", help=told["--sockets-replay"])
    group.addoption(
        "--sockets-show-exchange", action="store_true", help=told["--sockets-show-exchange"]
    )
    parser.addini("target", told["--target"], "linelist", [])
    for name in ("exercise", "role", "sockets_lang", "sockets_fail_under", "sockets_python",
                 "sockets_containment"):  # fmt: skip
        parser.addini(name, told["--" + name.replace("_", "-")], default="")
    parser.addini("sockets_report", told["--sockets-report"], "linelist", [])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Leave the graded folder's conftest.py alone: a grade must not depend on it."""
    known = early_config.known_args_namespace
    if not known.file_or_dir and (known.target or early_config.getini("target")):
        known.noconftest = True


def pytest_configure(config: pytest.Config) -> None:
    """Choose the language, offer the fixtures, and begin a grade where a target is named."""
    config.stash[SPOKEN_BEFORE] = speak(language(None))
    speak(language(_language(config)))
    config.pluginmanager.register(network, "sockets-fixtures")
    config.pluginmanager.register(peers, "sockets-peer-fixtures")
    config.pluginmanager.register(witnesses, "sockets-witnesses")
    specs = config.getoption("target") or config.getini("target")
    if specs and not config.option.help and not config.option.version:
        from .commandline import start_grading  # noqa: PLC0415 - costs time, see above

        start_grading(config, specs)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the language to whoever runs pytest in a process of their own."""
    speak(config.stash.get(SPOKEN_BEFORE, same))


def _language(config: pytest.Config) -> str | None:
    name: str | None = config.getoption("sockets_lang") or config.getini("sockets_lang") or None
    if name is not None and name not in LANGUAGES:
        raise pytest.UsageError(
            str(message("sockets_lang is en or zh, not {name}", name=repr(name)))
        )
    return name


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say why nothing is graded although a target was named."""
    if config.getoption("target") and config.option.file_or_dir:
        return str(message("sockets: --target grades nothing here, because paths are given"))
    return None
