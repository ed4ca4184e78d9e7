"""The page of a class: what it sums up, whom it names, and what it never says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pytest_sockets.likeness import Likeness
from pytest_sockets.messages import message
from pytest_sockets.reports.class_numbers import clusters, most_missed, spread
from pytest_sockets.reports.class_page import to_class_page
from pytest_sockets.reports.entries import Entry
from pytest_sockets.results import Diagnosis, Outcome, Scorecard

from .pages import STARTED, read
from .samples import failed, result, scorecard, upper_case

EVIL = "</script></title><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e"


def card(number: int) -> Scorecard:
    """Return a scorecard: every second fails to echo pieces, each with other bytes."""
    sent = f"payload {number}".encode()
    failure = failed(observed=message("{data}, then the end of the stream", data=sent))
    echo = result("echoes-pieces-whole", max_points=15) if number % 2 else failure
    rest = Outcome.PASSED if number % 2 else Outcome.BLOCKED
    return scorecard(
        result("takes-its-first-client"),
        echo,
        result("serves-on", rest, blocked_by=failure.id, source="004 §4"),
    )


def classroom(count: int) -> list[Entry]:
    """Return a class of ``count`` that handed in, and one who did not."""
    graded = [
        Entry(student=f"Student {number}", scorecards=[card(number)], page=f"pages/{number}.html")
        for number in range(count)
    ]
    return [*graded, Entry(student="Dora", notices=[message("the folder is empty")])]


def class_page(entries: Sequence[Entry], **more: Any) -> str:
    """Return the page about ``entries``."""
    values: dict[str, Any] = {"title": "Homework 3", "version": "1.0", "started": STARTED, **more}
    return to_class_page(entries, **values)


def test_the_deadline_is_shown_where_there_is_one() -> None:
    """As the instructor wrote it: nothing is decided by it."""
    assert "<dd>Friday &lt;12:00&gt;</dd>" in class_page(classroom(1), deadline="Friday <12:00>")
    assert "deadline" not in class_page(classroom(1))


# Numbers


def test_scores_are_spread_in_tens() -> None:
    """Full marks stand alone; what is incomplete is in no step."""
    incomplete = Entry(student="I", scorecards=[scorecard()])
    found = spread([*classroom(10), incomplete])
    assert (found.count, found.lowest, found.highest, found.mean) == (10, 20.0, 100.0, 60.0)
    assert [found.steps[2], found.steps[10], sum(found.steps)] == [5, 5, 10]


def test_nobody_s_scores_have_no_mean() -> None:
    """A class in which nothing was graded has no lowest score."""
    assert spread([Entry(student="Dora")]).mean is None


def test_what_is_missed_most_comes_first() -> None:
    """Failed and blocked both count; what everybody passed is not there."""
    missed = most_missed([*classroom(10), Entry(student="E", scorecards=[card(1)])])
    assert [(each.result.slug, each.failed, each.blocked, each.asked) for each in missed] == [
        ("echoes-pieces-whole", 5, 0, 11),
        ("serves-on", 0, 5, 11),
    ]


def test_what_was_not_judged_is_not_missed() -> None:
    """Neither is what has no points."""
    assert most_missed([Entry(student="A", scorecards=[scorecard()])])[0].asked == 1
    names = [each.result.slug for each in most_missed(classroom(4))]
    assert "names-its-encoding" not in names


def test_failures_that_differ_in_their_bytes_only_are_one() -> None:
    """Payloads are random: what counts is what the program did."""
    (cluster,) = clusters(classroom(10))
    assert (len(cluster.entries), cluster.asked) == (5, 10)
    assert cluster.result.slug == "echoes-pieces-whole"


def test_failures_with_other_observations_are_others() -> None:
    """One behaviour can be missed in several ways."""
    odd = scorecard(failed(observed=message("nothing at all")))
    entries = [*classroom(4), *(Entry(student=name, scorecards=[odd]) for name in "XYZ")]
    assert [len(each.entries) for each in clusters(entries)] == [3, 2]


def test_programs_that_behave_like_one_mistake_are_one() -> None:
    """The likelihood says more than what one of them was observed to do."""
    entries = []
    for number in range(3):
        failure = failed(observed=message("{what}", what="abc"[number]))
        likely = Diagnosis("recv-once", message("calls recv once"), failure.id)
        entries.append(
            Entry(student=str(number), scorecards=[scorecard(failure, diagnosis=likely)])
        )
    (cluster,) = clusters(entries)
    assert len(cluster.entries) == 3
    assert "likely: it behaves like a program that calls recv once" in class_page(entries)


# The page


def test_every_student_has_a_row_and_every_behaviour_a_column() -> None:
    """Marks are told in words too, for who does not see colours or signs."""
    document = read(class_page(classroom(3)))
    (table,) = document.find("table", "map")
    head, *rows = table.find("tr")
    assert len(head.find("th")) == 3 + 3
    assert [row.find("th")[0].text.strip() for row in rows] == [
        "Student 0", "Student 1", "Student 2", "Dora",
    ]  # fmt: skip
    assert [cell.text for cell in rows[0].find("td", "cell")] == ["✓passed", "✗failed", "–blocked"]
    assert {cell.text for cell in rows[3].find("td", "cell")} == {"not asked"}
    assert all(cell.attributes.get("scope") for cell in document.find("th"))


def test_a_student_s_own_page_is_linked() -> None:
    """Where there is one, and by an address that can only be a path."""
    evil = Entry(student="E", scorecards=[card(1)], page="javascript:alert(1)")
    document = read(class_page([*classroom(1), evil]))
    hrefs = [link.attributes["href"] for link in document.find("a") if "skip" not in link.classes]
    assert hrefs == ["pages/0.html", "javascript%3Aalert%281%29"]


def test_topics_to_revisit_are_named() -> None:
    """The place of the tutorial stands beside what was missed."""
    text = class_page(classroom(10))
    assert "004 §3, ChatServer" in text
    assert "5 of 10" in text


def test_what_is_alike_is_a_place_to_look() -> None:
    """Named with a caution, and never without one."""
    alike = [Likeness("Student 0", "Student 1", 0.91, identical=False)]
    assert "A place to look, and nothing more" in class_page(classroom(2), alike=alike)
    assert "91 %" in class_page(classroom(2), alike=alike)
    assert "nearly the same" not in class_page(classroom(2))


def test_what_is_odd_is_listed() -> None:
    """Nothing that was missing is passed over."""
    assert "the folder is empty" in class_page(classroom(1))


@pytest.mark.parametrize("entries", [[], [Entry(student="Dora")]], ids=["nobody", "nothing"])
def test_a_class_without_a_grade_has_a_page(entries: list[Entry]) -> None:
    """It says so."""
    assert "Homework 3" in read(class_page(entries)).text


def test_what_students_write_is_text() -> None:
    """Names, titles and observations can be no element, and no control character is left."""
    evil = failed(observed=message("{text}", text=EVIL), title=EVIL, source=EVIL)
    notices = [message("{text}", text=EVIL)]
    entries = [
        Entry(student=EVIL + name, scorecards=[scorecard(evil)], notices=notices) for name in "AB"
    ]
    alike = [Likeness(EVIL + "A", EVIL + "B", 1.0, identical=True)]
    text = class_page(entries, title=EVIL, alike=alike)
    document = read(text)
    assert not document.find("script")
    assert not document.find("img")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_page_is_in_the_report_s_language() -> None:
    """Names stay what they are."""
    text = class_page(classroom(2), translate=upper_case)
    assert "WHAT WAS MISSED MOST" in text
    assert "Student 0" in text


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    """It can be sent by mail and opened anywhere."""
    document = read(class_page(classroom(2)))
    assert not document.find("script")
    (policy,) = (each.attributes["content"] for each in document.find("meta")
                 if each.attributes.get("http-equiv") == "Content-Security-Policy")  # fmt: skip
    assert "default-src 'none'" in policy
