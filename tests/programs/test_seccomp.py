"""The filter on system calls, step by step, for both architectures, without a kernel."""

from __future__ import annotations

import errno
import struct
from collections.abc import Mapping

import pytest

from pytest_sockets.programs.child import seccomp

STEP = struct.Struct("=HBBI")
ALLOWED = 0
NEW_THREAD = 0x3D0F00
"""The flags of pthread_create: no new namespace among them."""


def outcome(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Return the error of a call as the filter decides it, 0 where it may be made."""
    data = struct.pack("=iIQ", number, architecture or seccomp.MACHINES[machine][0], 0)
    data += struct.pack("=6Q", *arguments, *[0] * (6 - len(arguments)))
    decided = _decided(seccomp.program(machine), data)
    assert decided == seccomp.ALLOW or decided & ~0xFFFF == seccomp.ERROR
    return ALLOWED if decided == seccomp.ALLOW else decided & 0xFFFF


def _decided(program: bytes, data: bytes) -> int:
    """Run classic BPF as the kernel would (bpf(4))."""
    steps, at, loaded = list(STEP.iter_unpack(program)), 0, 0
    while True:
        code, if_true, if_false, operand = steps[at]
        at += 1
        if code == seccomp.RETURN:
            return int(operand)
        if code == seccomp.LOAD:
            loaded = struct.unpack_from("=I", data, operand)[0]
            continue
        holds = {
            seccomp.EQUAL: loaded == operand,
            seccomp.AT_LEAST: loaded >= operand,
            seccomp.ANY_BIT: bool(loaded & operand),
        }[code]
        at += if_true if holds else if_false


def numbers(machine: str) -> Mapping[str, int]:
    """Return the numbers of all calls that the filter looks at."""
    return {**seccomp.MACHINES[machine][1], **seccomp.COMMON}


@pytest.fixture(params=seccomp.MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    """Each architecture whose numbers are known."""
    return str(request.param)


def test_every_call_that_is_looked_at_has_a_number_of_its_own(machine: str) -> None:
    """Two names for one number would be a slip of the pen, and a name without one an error."""
    found = numbers(machine)

    assert len(set(found.values())) == len(found)
    assert {*seccomp.REFUSED, *seccomp.ABSENT, "clone", "socket"} == set(found)


@pytest.mark.parametrize("name", seccomp.REFUSED)
def test_what_no_homework_needs_is_refused(machine: str, name: str) -> None:
    """The call fails as for a user without the right to it."""
    assert outcome(machine, numbers(machine)[name]) == errno.EPERM


@pytest.mark.parametrize("name", seccomp.ABSENT)
def test_what_cannot_be_looked_into_is_not_there(machine: str, name: str) -> None:
    """Libraries fall back on an older call when the kernel seems to lack the newer one."""
    assert outcome(machine, numbers(machine)[name]) == errno.ENOSYS


def test_all_other_calls_are_made(machine: str) -> None:
    """Whatever has another number passes, up to the last one that there is."""
    looked_at = set(numbers(machine).values())

    assert {outcome(machine, n) for n in range(480) if n not in looked_at} == {ALLOWED}


def test_a_thread_or_a_process_is_begun_and_a_namespace_is_not(machine: str) -> None:
    """It is the flags of clone that tell."""
    clone = numbers(machine)["clone"]

    assert outcome(machine, clone, NEW_THREAD) == ALLOWED
    assert outcome(machine, clone, 17) == ALLOWED
    for bit in range(32):
        wanted = bool(1 << bit & seccomp.NAMESPACES)
        assert outcome(machine, clone, 1 << bit) == (errno.EPERM if wanted else ALLOWED)


@pytest.mark.parametrize(
    ("family", "protocol", "error"),
    [
        (1, 0, ALLOWED), (2, 0, ALLOWED), (2, 17, ALLOWED), (10, 6, ALLOWED), (16, 0, ALLOWED),
        (16, 4, errno.EPERM), (17, 3, errno.EAFNOSUPPORT), (38, 0, errno.EAFNOSUPPORT),
        (40, 0, errno.EAFNOSUPPORT), (31, 0, errno.EAFNOSUPPORT),
    ],
)  # fmt: skip
def test_sockets_are_of_the_families_that_stay_in_the_network(
    machine: str, family: int, protocol: int, error: int
) -> None:
    """AF_UNIX and IP; of netlink the protocol by which libc asks for addresses."""
    assert outcome(machine, numbers(machine)["socket"], family, 1, protocol) == error


def test_calls_of_another_architecture_are_not_there() -> None:
    """Their numbers mean other calls; so do those of x86_64's second set."""
    i386, x32 = 0x40000003, 0x40000000

    assert outcome("x86_64", 39, architecture=i386) == errno.ENOSYS
    assert outcome("x86_64", 39 | x32) == errno.ENOSYS


def test_an_unknown_machine_has_no_filter() -> None:
    """A filter with the numbers of another one would forbid the wrong calls."""
    with pytest.raises(OSError, match="a filter for riscv64"):
        seccomp.program("riscv64")
