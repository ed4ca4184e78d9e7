"""A function is called in a process of its own; what it returns comes back as it was."""

from __future__ import annotations

import math
import os
import sys

import pytest

from pytest_sockets import Finding
from pytest_sockets.wire.events import Invoked, Raised, Returned

from .functions import Files, files

__all__ = ["files"]

DOUBLE = "def twice(value):\n    return value * 2\n"
SHOWS = "def twice(value):\n    print('the value is', value)\n"
COUNTS = "calls = []\n\n\ndef twice(value):\n    calls.append(value)\n    return len(calls)\n"
USED_UP = "both = iter([2])\n\n\ndef twice(value):\n    return value, next(both)\n"
NAMED = """\
import collections
import enum

Pair = collections.namedtuple("Pair", "one two")


class Colour(enum.IntEnum):
    RED = 3


class Word(str):
    pass


def twice(value):
    return Pair(Colour.RED, Word("x"))
"""
CHECKS = """\
class TooLarge(ValueError):
    pass


def twice(value):
    if value > 9:
        raise TooLarge("more than 9")
    return value * 2
"""


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "7",
        "-1.5",
        "'你好 \\udcff \\0'",
        "b'\\xff\\n'",
        "('a', [1, {'b': (None,)}])",
        "()",
    ],
)
def test_plain_data_comes_back_as_it_was(value: str, files: Files) -> None:
    """Tuples stay tuples, bytes stay bytes."""
    with files.returning(value) as function:
        assert function.call(0) == eval(value)


@pytest.mark.parametrize("value", ["你好 \n\0", 7, -1.5, True, None, ["a", [1]]])
def test_arguments_arrive_as_they_were_given(value: object, files: Files) -> None:
    """Whatever JSON can hold."""
    with files.returning("(type(value).__name__, value)") as function:
        assert function.call(value) == (type(value).__name__, value)


def test_what_inherits_from_a_plain_type_is_as_good(files: Files) -> None:
    """A named tuple is a tuple, an IntEnum a number."""
    with files.text(NAMED) as function:
        function.expect((3, "x"), 0)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("object", "<class 'object'>, which is of type type"),
        ("(n for n in 'ab')", "which is of type generator"),
        ("{1, 2}", "{1, 2}, which is of type set"),
        ("[...]", "[Ellipsis], which is of type list"),
        ("'x' * 70000", "xxx…, which is of type str"),
    ],
)
def test_what_is_no_plain_data_is_told_with_its_type(value: str, told: str, files: Files) -> None:
    """It could not be compared with anything."""
    with files.returning(value) as function, pytest.raises(Finding) as caught:
        function.expect("ab", 0)
    assert told in str(caught.value.observed)


def test_a_value_whose_repr_fails_is_told_by_its_type(files: Files) -> None:
    """An error in what the student wrote is no error of ours."""
    bad = "type('Bad', (), {'__repr__': lambda self: 1 / 0})()"
    with files.returning(bad) as function, pytest.raises(Finding) as caught:
        function.call(0)
    assert str(caught.value.observed) == "it returned <Bad>, which is of type Bad"


def test_a_value_that_is_no_number_equals_nothing(files: Files) -> None:
    """Not a number has no literal, and is told as it looks."""
    with files.returning("float('nan')") as function, pytest.raises(Finding) as caught:
        function.expect(math.nan, 0)
    assert "it returned nan" in str(caught.value.observed)


def test_a_list_is_as_good_as_a_tuple(files: Files) -> None:
    """Nobody asked for the difference."""
    with files.returning("[value, [1]]") as function:
        function.expect(("a", (1,)), "a")


def test_any_of_several_values_may_be_right(files: Files) -> None:
    """The finding names the first one, and the item in which the nearest differs."""
    with files.returning("['http', '', 80]") as function:
        function.expect_any([("http", None, 80), ("http", "", 80)], 0)
        with pytest.raises(Finding) as caught:
            function.expect_any([("ftp", None, 21), ("http", "", 21)], 0)
    assert str(caught.value.expected) == "twice(0) returns ('ftp', None, 21)"
    assert str(caught.value.because) == "item 2 is 80, not 21"


@pytest.mark.parametrize(
    ("value", "wanted", "because"),
    [
        ("'80'", 80, "its type is str, not int"),
        ("[1]", "1", "its type is list, not str"),
        ("(1, 2, 3)", (1, 2), "2 items are expected, not 3"),
        ("None", 80, "a function that comes to its end without return returns None"),
        ("('a', '80')", ("a", 80), "item 1 is of type str, not int"),
        ("81", 80, "None"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_wrong_about_it(
    value: str, wanted: object, because: str, files: Files
) -> None:
    """Where that is not for everybody to see."""
    with files.returning(value) as function, pytest.raises(Finding) as caught:
        function.expect(wanted, 0)
    assert str(caught.value.because) == because


@pytest.mark.parametrize(("place", "right"), [(0, True), (1, False), (2, False)])
def test_one_item_can_be_asked_for(place: int, right: bool, files: Files) -> None:
    """A tuple that is too short has no such item."""
    with files.returning("('a', 'b')") as function:
        if right:
            function.expect_item(place, "a", 0)
            return
        with pytest.raises(Finding, match=rf"item {place} of twice\(0\) is 'a'"):
            function.expect_item(place, "a", 0)


def test_an_item_of_another_type_is_told_with_both_types(files: Files) -> None:
    """Python writes text and number nearly alike."""
    with files.returning("('a', '80')") as function, pytest.raises(Finding) as caught:
        function.expect_item(1, 80, 0)
    assert str(caught.value.because) == "item 1 is of type str, not int"


def test_what_is_kept_between_calls_is_found_by_asking_again(files: Files) -> None:
    """The first call went well: the second one fails of what the first has left."""
    with files.text(USED_UP) as function:
        function.expect((1, 2), 1)
        with pytest.raises(Finding) as caught:
            function.expect((2, 2), 2)
    assert "twice(1) came to another end when it was called first" in str(caught.value.because)
    assert str(caught.value.advice).startswith("make anew in each call")


def test_a_value_that_is_wrong_by_itself_is_asked_for_once(files: Files) -> None:
    """Nothing else is told where the first call comes to the same end again."""
    with files.text("def twice(value):\n    return 1 / (value - 2)\n") as function:
        function.expect(-1.0, 1)
        with pytest.raises(Finding) as caught:
            function.expect((2, 2), 2)
    assert (caught.value.because, caught.value.advice) == (None, None)


def test_a_function_that_prints_instead_is_told_so(files: Files) -> None:
    """What it printed in this call, not what the file printed before."""
    with files.text("print('first')\n" + SHOWS) as function, pytest.raises(Finding) as caught:
        function.expect(14, 7)
    assert str(caught.value.because).startswith("it printed the value is 7: print shows a value")


def test_an_error_that_was_asked_for_may_inherit_from_it(files: Files) -> None:
    """A student's own ValueError is one."""
    with files.text(CHECKS) as function:
        function.expect(18, 9)
        function.expect_raises(ValueError, 10)


def test_another_error_is_told_with_the_line_that_raised_it(files: Files) -> None:
    """Of several lines the deepest one of the student's."""
    with files.text(CHECKS) as function, pytest.raises(Finding) as caught:
        function.expect_raises(KeyError, 10)
    assert str(caught.value.expected) == "twice(10) raises KeyError"
    assert str(caught.value.observed) == "it raised hw.TooLarge: more than 9 (hw.py:7)"


def test_an_error_is_no_value(files: Files) -> None:
    """Nothing came back."""
    with files.text(CHECKS) as function, pytest.raises(Finding, match="more than 9"):
        function.expect(20, 10)


def test_an_error_that_did_not_come_is_told_with_what_came(files: Files) -> None:
    """A message on the screen is no error for who calls."""
    with files.text(SHOWS) as function, pytest.raises(Finding) as caught:
        function.expect_raises(ValueError, 7)
    assert str(caught.value.observed) == "it returned None"
    assert "a caller learns of an error when it is raised" in str(caught.value.because)


def test_all_calls_go_to_one_process(files: Files) -> None:
    """What a function remembers is seen."""
    with files.text(COUNTS) as function:
        assert [function.call("x") for _ in range(3)] == [1, 2, 3]


def test_each_call_and_its_end_is_an_event(files: Files) -> None:
    """With the student's line on which the function was left."""
    with files.text(CHECKS) as function:
        function.call(2)
        function.expect_raises(ValueError, 10)
        calls = function.transcript.of(Invoked)
        (returned,), (raised,) = (function.transcript.of(kind) for kind in (Returned, Raised))
    assert [(event.side, event.call) for event in calls] == [
        ("peer", "twice(2)"),
        ("peer", "twice(10)"),
    ]
    assert (returned.result, returned.file, returned.line) == ("4", "hw.py", 8)
    assert (raised.file, raised.line) == ("hw.py", 7)


def test_nothing_of_the_program_is_imported_here(files: Files) -> None:
    """Its process is another one."""
    with files.text("import os\n\n\ndef twice(value):\n    return os.getpid()\n") as function:
        assert function.call(0) != os.getpid()
    assert "hw" not in sys.modules


def test_a_module_of_a_package_may_import_its_neighbours(files: Files) -> None:
    """It is imported as a module, not run as a script."""
    files.write("pkg/__init__.py", "")
    files.write("pkg/two.py", "TWO = 2\n")
    files.write(
        "pkg/hw.py", "from .two import TWO\n\n\ndef twice(value):\n    return TWO * value\n"
    )
    with files.function("pkg.hw:twice") as function:
        function.expect(14, 7)


@pytest.mark.parametrize("name", ["json.py", "socket.py", "我的 作业.py", "2.py"])
def test_a_file_may_have_any_name(name: str, files: Files) -> None:
    """Also that of a module which the process uses by itself."""
    files.write(name, DOUBLE)
    with files.function(name) as function:
        function.expect(14, 7)
