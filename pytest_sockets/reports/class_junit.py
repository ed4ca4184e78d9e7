"""A class as JUnit XML: a suite for each student, a case for each behaviour.

Knows the elements that pytest writes for one run (xunit2), so that what reads the
one reads the other. What is blocked or was not judged is skipped, with the reason.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from pytest_sockets.messages import Translate, same
from pytest_sockets.results import Outcome, Result, Scorecard

from .entries import Entry
from .feedback import told
from .json_report import whole
from .junit import properties
from .wording import plain, say

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
REPLACEMENT = "\ufffd"
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What XML can't hold although Unicode has it; controls are escapes by now."""

SKIPPED = (Outcome.BLOCKED, Outcome.NOT_JUDGED)


def to_junit(entries: Sequence[Entry], translate: Translate = same) -> str:
    """Return the XML document about ``entries``, ending in a newline."""
    suites = ET.Element("testsuites", name="pytest-sockets")
    suites.extend(_suite(entry, translate) for entry in entries)
    ET.indent(suites)
    text = ET.tostring(suites, encoding="unicode")
    return f"{DECLARATION}\n{_NO_CHARACTER.sub(REPLACEMENT, whole(text))}\n"


def _suite(entry: Entry, translate: Translate) -> ET.Element:
    results = entry.results.values()
    suite = ET.Element(
        "testsuite",
        name=plain(entry.student),
        tests=str(len(results)),
        failures=str(sum(each.outcome is Outcome.FAILED for each in results)),
        errors="0",
        skipped=str(sum(each.outcome in SKIPPED for each in results)),
        time=f"{sum(each.duration for each in results):.3f}",
    )
    suite.extend(
        _case(entry, card, result, translate)
        for card in entry.scorecards
        for result in card.results
    )
    return suite


def _case(entry: Entry, card: Scorecard, result: Result, translate: Translate) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=plain(entry.student),
        name=result.id,
        time=f"{result.duration:.3f}",
    )
    block = ET.SubElement(case, "properties")
    for name, value in properties(result, translate):
        ET.SubElement(block, "property", name=name, value=plain(value))
    if result.outcome is Outcome.FAILED:
        failure = ET.SubElement(case, "failure", message=say(result.title, translate))
        failure.text = told(result, card, translate)
    elif result.outcome in SKIPPED:
        reason = told(result, card, translate)
        ET.SubElement(case, "skipped", message=reason, type="pytest.skip")
    return case
