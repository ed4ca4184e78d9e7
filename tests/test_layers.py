"""Who may import whom: this table is the architecture.

A unit is a module or a package of ``pytest_sockets``; a module belongs to the
longest name that fits. The standard library is open to everybody. An entry that
no import needs any longer fails as much as an import without an entry.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import pytest_sockets

ROOT = Path(__file__).parent.parent
PACKAGE = "pytest_sockets"

# What everybody speaks of: sentences, accusations, events, and what is asked.
VOCABULARY: dict[str, set[str]] = {
    "messages": set(),
    "languages": {"messages"},
    "findings": {"messages"},
    "literals": set(),
    "system_words": set(),
    "command_lines": set(),
    "wire.events": set(),
    "wire.transcript": {"wire.events"},
    "behaviours": set(),
    "exercises": {"behaviours", "messages"},
}

# Who works, from the bottom up; the vocabulary is open to all of them.
WORK: dict[str, set[str]] = {
    "faults": set(),
    "kernel": {"psutil"},
    "leaks": {"kernel", "psutil"},
    "modules": set(),
    "targets": {"modules"},
    "catalogue": set(),
    "results": set(),
    "ungraded": {"results"},
    "likeness": set(),
    "programs.child": set(),
    "programs": {"programs.child", "kernel", "targets", "psutil"},
    "wire": {"faults", "kernel"},
    "events": set(),
    "servers": {"kernel", "wire"},
    "scripts": {"faults", "kernel", "wire"},
    "roles": {"faults", "kernel", "programs", "wire"},
    "evidence": {"results", "targets"},
    "causes": {"programs", "roles"},
    "diagnosis": {"results"},
    "smallest": {"roles"},
    "attempts": {"evidence", "results", "roles"},
    "grading": {
        "attempts",
        "causes",
        "diagnosis",
        "evidence",
        "programs",
        "results",
        "roles",
        "smallest",
        "targets",
    },
    "tour": {"catalogue", "grading", "programs", "results", "roles", "targets"},
    "overlap": {"grading", "programs"},
    "folders": {"catalogue", "modules", "targets"},
    "pairs": {"attempts", "grading", "programs", "results", "roles", "targets"},
    "assignments": {
        "catalogue",
        "folders",
        "grading",
        "kernel",
        "programs",
        "roles",
        "targets",
        "tour",
    },
    "record": {"grading", "programs", "replay", "results", "targets"},
    "reports": {"jinja2", "likeness", "markupsafe", "results"},
    "autograder_scripts": set(),
    "autograder": {"autograder_scripts", "reports", "results", "ungraded"},
    "replay": {"reports", "results", "targets"},
    "courses": {
        "catalogue",
        "dask",
        "diagnosis",
        "distributed",
        "grading",
        "interrupts",
        "kernel",
        "likeness",
        "modules",
        "pairs",
        "programs",
        "references",
        "reports",
        "results",
        "rich",
        "targets",
        "ungraded",
    },
    "interrupts": set(),
    "references": set(),
    "starter": {"references"},
    "hand_programs": {"references"},
    "by_hand": {"faults", "hand_programs", "kernel", "references", "servers", "wire"},
}

# Who knows pytest: glue, which may use all of the above.
GLUE: dict[str, set[str]] = {
    "items": set(),
    "session": {"items"},
    "commandline": {"session"},
    "fixtures": set(),
    "plugin": {"commandline", "fixtures"},
}

# Who knows click: glue as well, for whoever uses no pytest.
COMMAND: dict[str, set[str]] = {
    "speaking": {"click", "reports"},
    "class_command": {"catalogue", "click", "courses", "interrupts", "programs"},
    "grade_command": {"class_command", "click", "courses", "speaking"},
    "compare_command": {"class_command", "click", "courses", "reports", "speaking"},
    "crossplay_command": {
        "class_command",
        "click",
        "courses",
        "reports",
        "results",
        "speaking",
    },
    "autograder_command": {"autograder", "catalogue", "click", "courses", "reports", "speaking"},
    "cli": {
        "autograder_command", "by_hand", "catalogue", "click", "compare_command",
        "crossplay_command", "faults", "grade_command", "references", "reports", "speaking",
        "starter", "tour",
    },
}  # fmt: skip

# Only what these hold is public; the conformance suite sees nothing else of us.
PUBLIC = {
    "faults",
    "fixtures",
    "kernel",
    "leaks",
    "roles",
    "scripts",
    "servers",
    "wire",
}

UNITS = [*VOCABULARY, *WORK, *GLUE, *COMMAND]


def modules(folder: Path, package: str) -> Iterator[tuple[str, Path]]:
    """Yield name and path of every module below ``folder``, packages included."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        yield ".".join([package, *(part for part in parts if part != "__init__")]), path


def imported(name: str, path: Path) -> Iterator[str]:
    """Yield the full names that a module imports, in functions and for type checkers too."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            start = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


SOURCES = Path(pytest_sockets.__file__).parent
# An installed package holds the suite and the reference programs, too.
MODULES = {
    name: path
    for name, path in modules(SOURCES, PACKAGE)
    if path.relative_to(SOURCES).parts[0] not in ("conformance", "reference")
}
CHILD = dict(modules(SOURCES / "programs" / "child", f"{PACKAGE}.programs.child"))
CONFORMANCE = dict(modules(ROOT / "conformance", "conformance"))
REFERENCE = dict(modules(ROOT / "reference", "reference"))


def unit(name: str) -> str:
    """Return the unit that a module, or a name in one, belongs to; others by their first name."""
    if name.partition(".")[0] != PACKAGE:
        return name.partition(".")[0]
    own = name.removeprefix(PACKAGE).removeprefix(".")
    fitting = [each for each in UNITS if f"{own}.".startswith(f"{each}.")]
    return max(fitting, key=len, default=PACKAGE)


def foreign(name: str, path: Path) -> set[str]:
    """Return the units and distributions that a module imports, without its own."""
    found = {unit(each) for each in imported(name, path)}
    return found - {unit(name)} - set(sys.stdlib_module_names)


def used(of: str) -> set[str]:
    """Return the units and distributions that the modules of a unit import."""
    return {each for name, path in MODULES.items() if unit(name) == of
            for each in foreign(name, path)}  # fmt: skip


def allowed(of: str) -> set[str]:
    """Return what the table opens to a unit."""
    if of in GLUE:
        return {*VOCABULARY, *WORK, *GLUE[of], "pytest"} - {"programs.child"}
    if of in (above := WORK | COMMAND):
        return above[of] | set(VOCABULARY)
    return VOCABULARY[of]


@pytest.mark.parametrize("of", UNITS)
def test_a_unit_imports_only_what_the_table_opens_to_it(of: str) -> None:
    """An import that is not in the table is a decision to be made there first."""
    assert used(of) <= allowed(of)


@pytest.mark.parametrize("of", UNITS)
def test_the_table_opens_nothing_that_is_not_used(of: str) -> None:
    """An entry that nothing needs any longer would let the next import in unseen."""
    assert (VOCABULARY | WORK | GLUE | COMMAND)[of] <= used(of)


def test_every_module_has_its_place_in_the_table() -> None:
    """A new module of the package is put into the table, and what is gone out of it."""
    assert {unit(name) for name in MODULES} == {*UNITS, PACKAGE}


def test_imports_run_in_one_direction() -> None:
    """No unit imports another that imports it, directly or through others."""
    table = {of: allowed(of) & set(UNITS) for of in UNITS}
    assert set(TopologicalSorter(table).static_order()) == set(UNITS)


def test_only_glue_knows_pytest() -> None:
    """What grades could do so without pytest."""
    assert {of for of in UNITS if "pytest" in used(of)} <= set(GLUE)


def test_only_the_command_knows_click() -> None:
    """A grade needs nothing of it."""
    assert {of for of in UNITS if "click" in used(of)} == set(COMMAND)


@pytest.mark.parametrize("end", ["plugin", "cli"])
def test_nobody_imports_the_plugin_or_the_command(end: str) -> None:
    """They are the ends of all imports: pytest loads the one, a terminal the other."""
    assert not [name for name, path in MODULES.items() if end in foreign(name, path)]


def test_the_public_interface_is_made_of_the_public_units() -> None:
    """``pytest_sockets`` itself holds no code but the one that re-exports."""
    assert foreign(PACKAGE, MODULES[PACKAGE]) - set(VOCABULARY) == PUBLIC
    statements = ast.parse(MODULES[PACKAGE].read_bytes()).body[1:]
    assert {type(each) for each in statements} == {ast.ImportFrom, ast.Assign, ast.If}


def test_a_public_name_is_imported_when_it_is_asked_for_from_where_it_is_defined() -> None:
    """What type checkers are told to import, what is found at run time and __all__ agree."""
    told = {
        (f".{node.module}", alias.name)
        for node in ast.walk(ast.parse(MODULES[PACKAGE].read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    homes = pytest_sockets._HOMES
    assert {(home, name) for home, names in homes.items() for name in names} == told
    assert sorted(name for _, name in told) == sorted(pytest_sockets.__all__)
    assert all(hasattr(pytest_sockets, name) for name in pytest_sockets.__all__)


@pytest.mark.parametrize("name", CONFORMANCE)
def test_the_suite_uses_the_public_interface_and_itself(name: str) -> None:
    """Whatever our exercises are written with, exercises of anybody's can be written with."""
    public = {f"{PACKAGE}.{each}" for each in pytest_sockets.__all__}
    names = set(imported(name, CONFORMANCE[name]))
    others = {each for each in names if unit(each) not in (*sys.stdlib_module_names, "conformance")}
    assert others <= public


@pytest.mark.parametrize("name", [*REFERENCE, *CHILD])
def test_what_runs_as_a_program_needs_the_standard_library_only(name: str) -> None:
    """A reference program, and what runs beside a student's, finds nothing else installed."""
    path = {**REFERENCE, **CHILD}[name]
    assert foreign(name, path) <= ({"programs.child"} if name in CHILD else set())


@pytest.mark.parametrize("name", [*CHILD, *REFERENCE])
def test_what_runs_in_a_program_s_place_is_python_3_8(name: str) -> None:
    """It is compiled by the interpreter of the program under test, which may be that old."""
    path = {**REFERENCE, **CHILD}[name]
    tree = ast.parse(path.read_bytes(), feature_version=(3, 8))
    postponed = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
    assert postponed or not list(_newer_annotations(tree))


def _newer_annotations(tree: ast.Module) -> Iterator[str]:
    """Yield what Python 3.8 can't evaluate in annotations: list[int], int | None."""
    abstract = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "collections.abc"
        for alias in node.names
    }
    for node in ast.walk(tree):
        hints = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for part in (each for hint in hints if hint is not None for each in ast.walk(hint)):
            generic = ast.unparse(part.value) if isinstance(part, ast.Subscript) else ""
            if isinstance(part, ast.BinOp) or generic in abstract or hasattr(builtins, generic):
                yield ast.unparse(part)
