"""What a run of pytest loads because the plugin is installed, when nothing of it is used."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

LOADS = {
    "pytest_sockets",
    *(f"pytest_sockets.{name}" for name in (
        "fixtures", "fixtures.network", "fixtures.peers", "fixtures.witnesses",
        "languages", "messages", "plugin",
    )),
}  # fmt: skip

LOADED = """
import pathlib
import sys


def test_what_is_loaded():
    pathlib.Path("loaded").write_text("\\n".join(sys.modules))
"""


def _loaded(pytester: pytest.Pytester, *words: str) -> set[str]:
    pytester.runpytest_subprocess(*words).assert_outcomes(passed=1)
    return set((pytester.path / "loaded").read_text("utf-8").split())


@pytest.mark.parametrize("locale", ["C", "zh_CN.UTF-8"])
def test_the_plugin_loads_its_glue_and_nothing_else(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    """Without a target it brings no other module, neither of ours nor of anybody else's."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LANGUAGE", raising=False)
    pytester.makepyfile(LOADED)

    without = _loaded(pytester, "-p", "no:sockets")

    assert _loaded(pytester) - without == LOADS
