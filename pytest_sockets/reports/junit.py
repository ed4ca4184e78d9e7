"""What a JUnit file is told of a result, beyond what pytest writes by itself.

Knows names and values. The plugin attaches them to the test report.
"""

from __future__ import annotations

from pytest_sockets.messages import Translate, same
from pytest_sockets.results import Result

from .wording import say


def properties(result: Result, translate: Translate = same) -> list[tuple[str, str]]:
    """Return names and values of ``<property>`` elements, always the same names in one order.

    ``blocked_by``, ``reason``, ``expected`` and ``observed`` are empty where there is none.
    """
    return [
        ("outcome", str(result.outcome)),
        ("points", str(result.points)),
        ("max_points", str(result.max_points)),
        ("level", result.level),
        ("part", result.part),
        ("behaviour", result.behaviour),
        ("blocked_by", result.blocked_by or ""),
        ("reason", say(result.reason or "", translate)),
        ("expected", say(result.expected or "", translate)),
        ("observed", say(result.observed or "", translate)),
        ("attempts", str(result.attempts)),
    ]
