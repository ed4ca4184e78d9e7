"""How programs under test are kept from doing harm: in layers, each of which is tried first.

Knows the layers, whether each is in force, and what to do about one that is missing. Does
not know how a layer is made (see ``child``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..kernel.portable import portable
from ..messages import Message, apart, listed, message

Mode = Literal["auto", "strict", "off"]
MODES: tuple[Mode, ...] = ("auto", "strict", "off")

OWN_PROCESSES = 512
"""Processes and threads of a program where nobody else's are counted with them."""

OWN_FOLDERS = ["/tmp", "/var/tmp", "/dev/shm"]  # noqa: S108 - they are not the machine's
"""Where programs may write that have files of their own (see ``child/world.py``)."""

SHARED_PROCESSES = 2000
"""How many more there may be where they are counted with all others of the user."""


OPEN = ("/tmp", "/var/tmp")  # noqa: S108 - a program's own
"""Where a program may write as everybody may, where these folders are its own."""


LAYERS: Mapping[str, Message] = {
    "folder": message("throw-away folder"),
    "environment": message("clean environment"),
    "limits": message("limits"),
    "files": message("own files"),
    "calls": message("filtered system calls"),
    "processes": message("own processes"),
    "network": message("own network"),
    "rights": message("ordinary user"),
}
"""The layers by name; what each promises is in ``docs/containment.md``."""

OWN_LAYERS = ("limits", "files", "calls")
"""Those that a program's process puts in force itself (see ``child/confine.py``)."""

FULL = message("full")
NOTHING = message("throw-away folder only")


@dataclass(frozen=True)
class Containment:
    """The layers that are in force for a program, by their keys in ``LAYERS``."""

    layers: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The layers that are not in force."""
        return tuple(key for key in LAYERS if key not in self.layers)

    @property
    def description(self) -> Message:
        """Say how it is contained: in full, or in all but some of the layers."""
        if not self.missing:
            return FULL
        if self.layers == {"folder"}:
            return NOTHING
        return message("all but {layers}", layers=self._names)

    @property
    def advice(self) -> Message:
        """Say what is missing and what to do about it."""
        remedies: list[Message] = []
        for key in self.missing:
            if (found := remedy(key)) not in remedies:
                remedies.append(found)
        text = "missing: {layers} ({remedies})"
        return message(text, layers=self._names, remedies=apart(remedies))

    @property
    def _names(self) -> Message:
        return listed(LAYERS[key] for key in self.missing)


def refusal(contained: Containment) -> Message:
    """Say why nothing is run where containment is strict and not full."""
    return message(
        "strict containment runs nothing here; {advice}; with --sockets-containment auto programs "
        "run with what there is",
        advice=contained.advice,
    )


def contained(abilities: Mapping[str, bool], mode: Mode, *, network: bool) -> Containment:
    """Return what is in force for programs that are started with ``abilities``.

    ``network`` is true where they have a network of their own.
    """
    if mode == "off":
        return Containment(frozenset({"folder"}))
    found = {key for key, able in abilities.items() if able and key in LAYERS} - {"network"}
    if network:
        found.add("network")
    return Containment(frozenset({"folder", "environment"} | found))


def confinement(
    containment: Containment, abilities: Mapping[str, bool], *, ports: bool
) -> dict[str, Any] | None:
    """Return what a program's own process puts in force, for its request.

    With ``ports`` it is to reach its peers only, and has no network of its own.
    """
    if "environment" not in containment.layers:
        return None
    layers = [key for key in OWN_LAYERS if key in containment.layers]
    alone = abilities.get("users", False) or abilities.get("own_user", False)
    return {
        "layers": layers,
        "processes": OWN_PROCESSES if alone else _processes_here() + SHARED_PROCESSES,
        "writable": OWN_FOLDERS if abilities.get("own_files") else [],
        "ports": ports and "network" not in containment.layers,
    }


def _processes_here() -> int:
    """Return at least how many processes and threads this user has (proc_loadavg(5))."""
    if portable():
        return 10 * SHARED_PROCESSES
    try:
        return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])
    except (OSError, ValueError, IndexError):
        return 10 * SHARED_PROCESSES


# What to do about a layer that is missing


REMEDIES = {
    "rights": message(
        "grade as an ordinary user, or with an interpreter that every user may run: not in /root"
    ),
    "files": message(
        "Landlock needs Linux 5.13 or newer that was started with landlock among its lsm="
    ),
    "calls": message("filters for system calls need a kernel with seccomp, on x86_64 or aarch64"),
}


def remedy(key: str) -> Message:
    """Return what to do so that the layer ``key`` is in force."""
    if sys.platform != "linux":
        return message("this system has none of them: grade strangers' programs on Linux")
    if portable():
        return message("PYTEST_SOCKETS_PORTABLE turns it off")
    if key in ("processes", "network"):
        return next(_about_namespaces())
    return REMEDIES.get(key) or message("it is turned off by --sockets-containment off")


SETTINGS = Path("/proc/sys")
CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files by which Docker and Podman mark the inside of a container."""

SWITCHES = {
    "kernel/apparmor_restrict_unprivileged_userns": "1",
    "kernel/unprivileged_userns_clone": "0",
    "user/max_user_namespaces": "0",
}
"""Settings of the kernel by which user namespaces are forbidden, and the value that does it."""

ALLOWING = {"1": "0", "0": "1"}


def _about_namespaces() -> Iterator[Message]:
    for name, forbidding in SWITCHES.items():
        if _setting(name) == forbidding:
            allowing = "10000" if name.startswith("user/") else ALLOWING[forbidding]
            command = f"sudo sysctl -w {name.replace('/', '.')}={allowing}"
            yield message("namespaces are forbidden by a setting: {command}", command=command)
    if any(mark.exists() for mark in CONTAINER):
        yield message(
            "this container forbids namespaces: start it with --security-opt seccomp=unconfined "
            "--security-opt apparmor=unconfined --security-opt systempaths=unconfined"
        )
    yield message("namespaces are not allowed for this user: see user_namespaces(7)")


def _setting(name: str) -> str:
    try:
        return (SETTINGS / name).read_text().strip()
    except OSError:
        return ""
