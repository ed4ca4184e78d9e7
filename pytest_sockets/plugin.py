"""The pytest plugin: options, fixtures, and the way into a grade. Glue, and nothing else.

Every pytest run where this package is installed loads this module, so it imports
nothing of ours: what grades is imported once there is a target, what the
fixtures need once a test uses them.
"""

from __future__ import annotations

import pytest

from .fixtures import network, peers, witnesses
from .messages import message

HELP = {
    "--target": "grade this program: server.py, mymodule, mymodule:function, "
    "'cmd:node server.js {host} {port}', tcp://127.0.0.1:9000; may be given again; "
    "tour grades nothing: it demonstrates the socket API on this machine",
    "--exercise": "the exercise to grade for, such as tcp-echo, or a Python file that defines one",
    "--role": "the role of the program in the exercise, where nothing else tells",
    "--sockets-report": "write a report: json=PATH, or html=PATH (which needs Jinja2: pip install "
    "'pytest-sockets[html]'); may be given again",
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
    group.addoption("--role", choices=("server", "client", "function"), help=HELP["--role"])
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
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Leave the graded folder's conftest.py alone: a grade must not depend on it."""
    known = early_config.known_args_namespace
    if not known.file_or_dir and (known.target or early_config.getini("target")):
        known.noconftest = True


def pytest_configure(config: pytest.Config) -> None:
    """Offer the fixtures, and begin a grade where a target is named."""
    config.pluginmanager.register(network, "sockets-fixtures")
    config.pluginmanager.register(peers, "sockets-peer-fixtures")
    config.pluginmanager.register(witnesses, "sockets-witnesses")
    specs = config.getoption("target") or config.getini("target")
    if specs and not config.option.help and not config.option.version:
        from .commandline import start_grading  # noqa: PLC0415 - costs time, see above

        start_grading(config, specs)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say why nothing is graded although a target was named."""
    if config.getoption("target") and config.option.file_or_dir:
        return str(message("sockets: --target grades nothing here, because paths are given"))
    return None
