"""What is said of containment, in whole and in part, and what strict makes of it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs import containment
from pytest_sockets.programs.containment import LAYERS, contained, refusal

from .conftest import Staging
from .steps import Stage

EVERYTHING = dict.fromkeys(LAYERS, True)
PAGE = Path(__file__).parents[2] / "docs" / "containment.md"


def test_the_page_about_containment_has_a_row_for_each_layer() -> None:
    """It is where what they promise is written down."""
    table = PAGE.read_text("utf-8").partition("## The layers")[2].partition("##")[0]

    rows = re.findall(r"^\| ([^|]+) \|", table, re.M)

    assert rows == ["layer", *map(str, LAYERS.values())]


def test_with_every_layer_a_program_is_contained_in_full() -> None:
    """There is one word for that, and no advice to give."""
    full = contained(EVERYTHING, "auto", network=True)

    assert (str(full.description), full.missing) == ("full", ())


@pytest.mark.parametrize("layer", sorted(set(LAYERS) - {"folder", "environment", "network"}))
def test_a_layer_that_does_not_work_is_named(layer: str) -> None:
    """Everywhere where it is told how a program is contained."""
    lesser = contained(EVERYTHING | {layer: False}, "auto", network=True)

    assert str(lesser.description) == f"all but {LAYERS[layer]}"


def test_a_network_of_its_own_counts_where_it_is_used() -> None:
    """That the machine could make one does not contain a program that has none."""
    assert contained(EVERYTHING, "auto", network=False).missing == ("network",)


def test_turned_off_nothing_is_claimed() -> None:
    """What the machine could do is not in force."""
    assert str(contained(EVERYTHING, "off", network=True).description) == "throw-away folder only"


@pytest.mark.parametrize(
    ("setting", "value", "command"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1",
         "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
        ("kernel/unprivileged_userns_clone", "0",
         "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=10000"),
    ],
)  # fmt: skip
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to switch on")
def test_the_advice_names_the_setting_that_forbids_namespaces(
    setting: str, value: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to do about it is a command to be copied."""
    (tmp_path / setting).parent.mkdir()
    (tmp_path / setting).write_text(f"{value}\n")
    monkeypatch.setattr(containment, "SETTINGS", tmp_path)
    monkeypatch.delenv("PYTEST_SOCKETS_PORTABLE", raising=False)

    lesser = contained(EVERYTHING | {"processes": False}, "strict", network=False)

    assert str(refusal(lesser)) == (
        "strict containment runs nothing here; missing: own processes, own network (namespaces "
        f"are forbidden by a setting: {command}); with --sockets-containment auto programs run "
        "with what there is"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to switch on")
def test_in_a_container_the_advice_is_how_to_start_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is outside that namespaces are forbidden there."""
    monkeypatch.setattr(containment, "SETTINGS", tmp_path)
    monkeypatch.setattr(containment, "CONTAINER", (tmp_path,))
    monkeypatch.delenv("PYTEST_SOCKETS_PORTABLE", raising=False)

    lesser = contained(EVERYTHING, "strict", network=False)

    assert "--security-opt seccomp=unconfined" in str(lesser.advice)


# Strict


def test_a_strict_runner_runs_nothing_with_less(staging: Staging) -> None:
    """Whoever asks it for a place is told what is missing."""
    stage = staging("strict", portable=True)
    stage.write("program.py", "print('harm')")

    with pytest.raises(NotJudged, match="strict containment runs nothing here; missing: own files"):
        stage.place()


def test_reference_programs_need_no_containment(staging: Staging) -> None:
    """They are ours; without them a strict grade of a client would have no server."""
    stage = staging("strict", portable=True)
    stage.write("program.py", "")

    stage.runner.place(stage.target(), ours=True).close()


def test_what_a_program_puts_in_force_is_for_json(warm: Stage) -> None:
    """A request holds nothing that its child could not be sent."""
    found = warm.runner.contained
    document = containment.confinement(found, {"users": True}, ports=True)

    assert json.loads(json.dumps(document)) == document
    assert document is not None
    assert document["processes"] == containment.OWN_PROCESSES
