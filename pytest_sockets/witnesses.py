"""Who is heard at the end of a test, and speaks in the report when it fails.

Knows the phases of a test and its report. Does not know what there is to tell:
every pytest run loads this module, and most of them have no witnesses.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Protocol

import pytest


class Witness(Protocol):
    """Something that a test has used.

    ``quiet`` is set when the test has failed or was left: nobody is to be accused then.
    """

    quiet: bool

    def judge(self) -> None:
        """Fail or skip the test, if that is what came of it."""

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield title and text of what belongs into the report of a failure."""


WITNESSES = pytest.StashKey[list[Witness]]()


def call_witness(request: pytest.FixtureRequest, witness: Witness) -> None:
    """Have ``witness`` heard when the test that ``request`` belongs to ends."""
    request.node.stash.setdefault(WITNESSES, []).append(witness)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Hear the witnesses when the test has passed; some may fail it."""
    try:
        result = yield
        for witness in item.stash.get(WITNESSES, ()):
            witness.judge()
    except BaseException:
        _silence(item)
        raise
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let all witnesses of a failure speak in its report."""
    report = yield
    if report.when == "setup" and not report.passed:
        _silence(item)
    if report.failed:
        for witness in item.stash.get(WITNESSES, ()):
            report.sections += witness.sections()
    return report


def _silence(item: pytest.Item) -> None:
    for witness in item.stash.get(WITNESSES, ()):
        witness.quiet = True
