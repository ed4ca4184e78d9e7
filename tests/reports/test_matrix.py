"""Who understands whom: what the meetings say of each program, and how the matrix is shown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from pytest_sockets.reports.look import Look
from pytest_sockets.reports.matrix import (
    Kind,
    Matrix,
    Met,
    Side,
    from_document,
    to_document,
    verdicts,
)
from pytest_sockets.reports.matrix_table import lines, to_matrix, to_meetings, to_verdicts
from pytest_sockets.reports.wording import width
from pytest_sockets.results import Outcome

OUTCOMES = {"+": Outcome.PASSED, "-": Outcome.FAILED, "?": Outcome.NOT_JUDGED}


def matrix(*rows: str, names: str = "ABC") -> Matrix:
    """Return a matrix of the reference and three students: a row for each client.

    ``+`` understand each other, ``-`` do not, ``?`` is not judged, a blank did not meet.
    """
    met = {
        (client, server): Met(OUTCOMES[mark], f"{client} and {server}" if mark != "+" else "")
        for client, row in enumerate(rows)
        for server, mark in enumerate(row)
        if mark in OUTCOMES
    }
    everybody = range(len(names) + 1)
    return Matrix(exercise="tcp-echo", names=names, clients=everybody, servers=everybody, met=met,
                  seed=3, played="2026-01-01T00:00:00+00:00")  # fmt: skip


def kinds(of: Matrix) -> Mapping[tuple[Side, str], Kind]:
    """Return the programs that do not fit, by role and student."""
    return {
        (each.side, of.names[each.number - 1]): each.kind
        for each in verdicts(of)
        if each.kind is not Kind.FITS
    }


def test_programs_that_all_understand_each_other_fit() -> None:
    """Nothing is to be said."""
    assert kinds(matrix("++++", "++++", "++++", "++++")) == {}


def test_a_client_that_nobody_understands_is_wrong_and_no_server_is_blamed() -> None:
    """It speaks against nobody: it does not fit the reference."""
    of = matrix("++++", "----", "++++", "++++")
    assert kinds(of) == {("client", "A"): Kind.NOBODY}
    (worst, *_) = verdicts(of)
    assert (worst.failed, worst.met, worst.told) == (4, 4, "1 and 0")


def test_a_protocol_of_one_s_own_is_understood_by_oneself_only() -> None:
    """Both programs have it, and each is told."""
    of = matrix("+-++", "-+--", "+-++", "+-++")
    assert kinds(of) == {("client", "A"): Kind.ONLY_ITSELF, ("server", "A"): Kind.ONLY_ITSELF}


def test_wrong_only_with_itself_are_two_that_fit_the_reference() -> None:
    """What is told is their own meeting."""
    of = matrix("++++", "+-++", "++++", "++++")
    assert kinds(of) == {("client", "A"): Kind.NOT_ITSELF, ("server", "A"): Kind.NOT_ITSELF}
    assert verdicts(of)[0].told == "1 and 1"


def test_who_fits_is_not_blamed_for_its_other_half() -> None:
    """The client is right, and its student's server wrong."""
    of = matrix("+-++", "+-++", "+-++", "+-++")
    assert kinds(of) == {("server", "A"): Kind.NOBODY}


def test_a_wrong_protocol_that_two_share_is_told_apart() -> None:
    """They may have worked together."""
    of = matrix("+--+", "-++-", "-++-", "+--+")
    assert set(kinds(of).values()) == {Kind.SOME}
    assert {name for _, name in kinds(of)} == {"A", "B"}


def test_who_fails_with_one_that_fits_the_reference_is_told() -> None:
    """Both of them: the reference does not say which of the two it is."""
    of = matrix("++++", "++-+", "++++", "++++")
    assert kinds(of) == {("client", "A"): Kind.NOT_ALL, ("server", "B"): Kind.NOT_ALL}


def test_without_a_verdict_with_the_reference_nothing_is_known() -> None:
    """What was not judged speaks neither for nor against."""
    assert kinds(matrix("++++", "?+++", "++++", "++++")) == {("client", "A"): Kind.UNKNOWN}
    assert kinds(matrix("++++", "+?++", "++++", "++++")) == {}


def test_where_only_some_met_the_verdict_rests_on_them() -> None:
    """As when the instructor sets a limit."""
    assert kinds(matrix("++++", "-- -", "+ + ", "++ +")) == {("client", "A"): Kind.NOBODY}


def test_the_matrix_is_kept_as_json() -> None:
    """And is read as it was."""
    of = matrix("++++", "-+?-", "+ ++", "++++")
    again = from_document(json.loads(json.dumps(to_document(of))))
    assert to_document(again) == to_document(of)
    assert again.met == of.met


def rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV text."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


def test_the_csv_has_a_row_for_each_client_and_a_column_for_each_server() -> None:
    """A cell is empty where two did not meet; a name is no formula."""
    of = replace(matrix("++++", "-+?-", "+ ++", "++++"), names=["=A()", "B", "C"])
    head, *clients = rows(to_matrix(of))
    assert head == ["client", "the reference", "'=A()", "B", "C"]
    assert clients[1] == ["'=A()", "failed", "passed", "not-judged", "failed"]
    assert clients[2][2] == ""
    assert len(rows(to_meetings(of))) == 1 + len(of.met)
    assert ["'=A()", "client", "only-itself", "2", "3", "1 and 0"] in rows(to_verdicts(of))


def test_the_terminal_is_told_the_matrix_and_what_it_says() -> None:
    """Marks in columns; the gravest first."""
    told = list(lines(matrix("++++", "----", "++ +", "+++?"), Look(80)))
    assert "1 A             ✗ ✗ ✗ ✗" in told
    assert "2 B             ✓ ✓ · ✓" in told
    assert told[told.index("") + 1] == (
        "wrong with everybody: neither the reference nor anybody else: 1 of 6"
    )
    assert told[told.index("") + 2] == "    clients: A"


def wide(count: int) -> Matrix:
    """Return the matrix of a class in which nobody understands anybody."""
    everybody = range(count + 1)
    met = {(client, server): Met(Outcome.FAILED) for client in everybody for server in everybody}
    return Matrix(exercise="tcp-echo", names=[f"学生{number}" for number in range(count)],
                  clients=everybody, servers=everybody, met=met, seed=1, played="")  # fmt: skip


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_wide_matrix_is_left_to_the_files(*, ascii_only: bool) -> None:
    """No line is wider than the terminal."""
    look = Look(60, ascii=ascii_only)
    assert "12 学生11" in "\n".join(lines(wide(40), look))
    assert max(map(width, lines(wide(40), look))) <= 60
    told = list(lines(wide(60), look))
    assert " ".join(told[:2]) == "the matrix is too wide for here: --output writes it to a file"
    assert max(map(width, told)) <= 60


def test_digits_of_the_servers_numbers_stand_below_each_other() -> None:
    """So that a class fits into a terminal."""
    _, tens, units, first, *_ = lines(wide(12), Look(80))
    assert tens == f"{' ' * 36}1 1 1"
    assert units == f"{' ' * 16}0 1 2 3 4 5 6 7 8 9 0 1 2"
    assert first == f"0 the reference {' '.join('✗' * 13)}"


def test_the_page_can_be_read_aloud_and_harms_nobody() -> None:
    """Every cell has words, every row and column a header, and names are only text."""
    pytest.importorskip("jinja2")
    from pytest_sockets.reports.matrix_page import to_page

    of = replace(matrix("++++", "-+?-", "+ ++", "++++"), names=["<script>", "B", "C"])
    page = to_page(of)
    assert "<script>" not in page
    cells = re.findall(r'<td class="cell[^>]*>(.*?)</td>', page)
    assert len(cells) == 16
    assert all('<span class="hidden">' in cell for cell in cells)
    assert page.count('<th scope="row"><span aria-hidden="true">') == 4
    assert "understands only itself: a protocol of its own" in page
    assert "did not meet" in page
    assert "do not understand each other" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_page_of_the_class_shows_the_matrix_too() -> None:
    """Beside everything else; without one there is nothing of it."""
    pytest.importorskip("jinja2")
    from pytest_sockets.reports.class_page import to_class_page
    from pytest_sockets.reports.entries import Entry

    def page(*matrices: Matrix) -> str:
        return to_class_page([Entry(student="A")], title="x", version="1", matrices=matrices,
                             started=datetime(2026, 1, 1, tzinfo=timezone.utc))  # fmt: skip

    assert "Who understands whom: tcp-echo" in page(matrix("++++", "++++", "++++", "++++"))
    assert "Who understands whom" not in page()
