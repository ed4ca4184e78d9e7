"""The check for leaks around one test, as pytest calls it.

Knows when a test begins and has been torn down, and that fixtures of a wider
scope outlive it. Does not know how leaks are found.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from .leaks import LeakWatch

# What leads to every fixture and test there is.
_BORDERS = (
    pytest.Config, pytest.Session, pytest.Item, pytest.Collector, pytest.FixtureRequest,
    pytest.PytestPluginManager,
)  # fmt: skip


class LeakCheck:
    """Watches from now on; fails the test when all its fixtures have ended and something is left.

    It is a plugin for the time of one test, so that no other test pays for it.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._plugins = request.config.pluginmanager
        self._item = request.node
        self._failed = False
        self.watch = LeakWatch(_BORDERS)
        self.watch.allow(*_wider_values(request.node))
        self._plugins.register(self)
        self.watch.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """Let stay what a fixture makes that outlives the test."""
        if fixturedef.scope == "function":
            return (yield)
        with self.watch.aside():
            value = yield
        self.watch.allow(value)
        return value

    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Note that the test failed: the traceback keeps its variables, and so its sockets."""
        self._failed = self._failed or call.excinfo is not None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the test for what is left when all fixtures have ended."""
        if item is not self._item:
            return (yield)
        try:
            result = yield
            leaks = [] if self._failed else self.watch.leaks()
        finally:
            self._end()
        if leaks:
            pytest.fail("\n".join(map(str, leaks)), pytrace=False)
        return result

    def pytest_sessionfinish(self) -> None:
        """End, although the test was interrupted."""
        self._end()

    def _end(self) -> None:
        self.watch.stop()
        if self._plugins.is_registered(self):
            self._plugins.unregister(self)


def _wider_values(item: Any) -> list[object]:
    """Return the values of the fixtures that were set up and outlive the test."""
    found = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return [
        each.cached_result[0]
        for definitions in found.values()
        for each in definitions
        if each.scope != "function" and each.cached_result is not None
    ]
