"""The command pytest-sockets in Chinese: its help, what it tells, its errors."""

from __future__ import annotations

import os
import re

import pytest
from chinese import CHINESE, left
from click.testing import CliRunner
from running import Folder

from pytest_sockets.cli import main
from pytest_sockets.messages import message
from pytest_sockets.reports.wording import width


def command(*words: str) -> str:
    """Return what the command prints, at 80 columns."""
    result = CliRunner().invoke(main, words, env={"COLUMNS": "80"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize("words", [[], *([name] for name in main.commands)])
def test_the_command_s_help_is_chinese(words: list[str]) -> None:
    """Click's own words too, and no line is too long."""
    told = command("--lang", "zh", *words, "--help")
    assert told.startswith("用法")
    assert not left(told)
    assert not re.search("Options|Commands|Show this|default", told)
    assert max(map(width, told.splitlines())) <= 80


@pytest.mark.parametrize("words", [["list"], ["list", "tcp-echo"], ["list", "tour"],
                                   ["explain", "ECH-02"], ["list", "--json"]])  # fmt: skip
def test_the_command_tells_in_chinese(words: list[str]) -> None:
    """What is asked, and why."""
    told = command("--lang", "zh", *words)
    assert CHINESE.search(told)
    assert not left(told)


def test_the_command_s_errors_are_chinese() -> None:
    """Ours as well as click's."""
    ours, click_s = (
        command("--lang", "zh", "explain", "nothing"),
        command("--lang", "zh", "nothing"),
    )
    for told in (ours, click_s):
        assert CHINESE.search(told.splitlines()[-1])
        assert not re.search("Usage|Error|Try ", told)


def test_the_command_follows_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the language of the process as it was."""
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    assert command("--help").startswith("用法")
    assert command("--lang", "en", "--help").startswith("Usage")
    assert str(message("client")) == "client"
    assert os.environ["LANGUAGE"] == "zh_CN"


def test_what_an_exercise_begins_with_is_chinese(folder: Folder) -> None:
    """The contract in the programs that are still to be written."""
    command("--lang", "zh", "new", "tcp-echo", "--folder", str(folder.path))
    text = (folder.path / "server.py").read_text("utf-8")
    assert not left(text)
    assert CHINESE.search(text)
    compile(text, "server.py", "exec")
