"""A class as JUnit: what reads pytest's own file reads this one."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from pytest_sockets.messages import message
from pytest_sockets.reports.class_junit import to_junit
from pytest_sockets.reports.entries import Entry
from pytest_sockets.results import Scorecard

from .samples import failed, scorecard
from .test_gradescope_and_classroom import CARDS


def suite(card: Scorecard, student: str = "Anna") -> ET.Element:
    """Return the only suite of the document."""
    document = ET.fromstring(to_junit([Entry(student=student, scorecards=[card])]))
    (found,) = document.findall("testsuite")
    return found


@pytest.mark.parametrize("name", CARDS)
def test_every_behaviour_is_a_case_and_the_sums_are_right(name: str) -> None:
    """Also of a program that never started, or that prints whatever could do harm."""
    found = suite(CARDS[name])
    cases = found.findall("testcase")
    assert len(cases) == int(found.attrib["tests"]) == len(CARDS[name].results)
    assert int(found.attrib["failures"]) == len(found.findall("testcase/failure"))
    assert int(found.attrib["skipped"]) == len(found.findall("testcase/skipped"))
    points = [
        int(each.attrib["value"])
        for each in found.iter("property")
        if each.attrib["name"] == "points"
    ]
    assert sum(points) == CARDS[name].score


def test_each_outcome_has_its_element() -> None:
    """Passed and shown none, failed its evidence, and the others their reason."""
    cases = suite(scorecard()).findall("testcase")
    elements = [[child.tag for child in case if child.tag != "properties"] for case in cases]
    assert elements == [[], ["failure"], ["skipped"], ["skipped"], []]
    assert "conn.recv(1024)" in (cases[1].findtext("failure") or "")


def test_what_xml_cannot_hold_is_replaced() -> None:
    """A student may be called anything, and a program print anything."""
    evil = "\x00\x1b\ufffe\uffff\ud800<&>\"'"
    found = suite(scorecard(failed(observed=message("{text}", text=evil), title=evil)), evil)
    assert "<&>" in found.attrib["name"]


def test_who_handed_in_nothing_has_an_empty_suite() -> None:
    """Nobody is left out."""
    document = ET.fromstring(to_junit([Entry(student="Dora")]))
    assert [each.attrib["tests"] for each in document] == ["0"]
