"""A program can't prepare for what it is asked: it knows neither the questions nor the payloads."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from corpus import Homework, scorecard

from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Scorecard
from pytest_sockets.wire.events import Printed, Sent

ECHO = """\
import socket
sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(addr)
while data := conn.recv(1024):
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
"""

MIRROR = """\
import gc, json, os, resource, signal, sys, threading

links = {}
for fd in range(1024):
    try:
        links[fd] = os.readlink(f'/proc/self/fd/{fd}')
    except OSError:
        pass
request = next(each for each in gc.get_objects() if type(each) is dict and 'peers' in each)
print('seen', json.dumps({
    'environment': dict(os.environ),
    'argv': sys.argv,
    'path': sys.path,
    'modules': sorted(sys.modules),
    'folder': os.getcwd(),
    'files': {name: os.stat(name).st_mode for name in sorted(os.listdir())},
    'parent': os.getppid(),
    'group': os.getpgid(0) == os.getpid(),
    'user': [os.getuid(), os.getgid(), os.getgroups()],
    'descriptors': {fd: link.partition(':')[0] for fd, link in links.items()},
    'limits': {name: resource.getrlimit(getattr(resource, name))
               for name in dir(resource) if name.startswith('RLIMIT_')},
    'signals': {name.name: str(signal.getsignal(name)) for name in sorted(signal.Signals)},
    'mask': sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    'niceness': os.nice(0),
    'recursion': sys.getrecursionlimit(),
    'threads': threading.active_count(),
    'command': open('/proc/self/cmdline').read(),
    'status': [line for line in open('/proc/self/status')
               if line.startswith(('Name', 'Umask', 'Cap', 'NoNew', 'Seccomp', 'Threads'))],
    'request': request,
}, default=str), flush=True)
"""
"""Prints all that a program can see of itself, and the harness's own words to it."""

SCANNER = """\
import hashlib, os, re

found = set()
with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', buffering=0) as memory:
    for line in maps:
        place, mode = line.split()[:2]
        begin, end = (int(word, 16) for word in place.split('-'))
        if mode.startswith('rw') and end - begin < 32 << 20 and '[v' not in line:
            try:
                memory.seek(begin)
                found.update(re.findall(rb'(?=([0-9]{15}))', memory.read(end - begin)))
            except OSError:
                pass
for path in ('/proc/self/environ', '/proc/self/cmdline', '/proc/self/mountinfo', *os.listdir()):
    with open(path, 'rb') as file:
        found.update(re.findall(rb'(?=([0-9]{15}))', file.read()))
for number in found:
    print('found', hashlib.sha256(number).hexdigest())
"""
"""Prints a digest of each number of 15 digits that it finds in itself and beside itself."""

SEED = 428_571_936_250_417


def write(folder: Path, before: str) -> Homework:
    """Write the program, an echo server that does something before."""
    path = folder / "hw" / "server.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + ECHO)
    return Homework(path, "tcp-echo", "server", frozenset())


def printed(card: Scorecard, word: str) -> list[str]:
    """Return what stands behind ``word`` in the lines that the program printed, in each start."""
    found = []
    for result in card.results:
        events = [each for each in result.transcript if isinstance(each, Printed)]
        text = b"".join(event.data for event in events if event.stream == "stdout")
        found += re.findall(rf"^{word} (.*)$", text.decode("utf-8", "replace"), re.MULTILINE)
    return found


def sent(card: Scorecard) -> list[bytes]:
    """Return what the program was sent, message by message."""
    events = [each for result in card.results for each in result.transcript]
    return [each.data for each in events if isinstance(each, Sent) and each.side == "peer"]


def like_any_other(seen: str) -> dict[str, Any]:
    """Return what a program saw without the numbers of ports, folders and processes."""
    # A spawned program has a mark of its own, and its objects lie elsewhere each time.
    names = r"pytest-sockets-\w+(/(?!homework)\w{8})?|\b[0-9a-f]{32}\b|(?<=at 0x)[0-9a-f]+"
    same = re.sub(names, "same", seen)
    document: dict[str, Any] = json.loads(same)
    document["command"] = re.sub(r"\d+", "number", document["command"])
    for name in ("ports", "port", "trace"):
        document["request"].pop(name, None)
    return document


@pytest.mark.skipif("sys.platform != 'linux'", reason="/proc tells a program about itself")
def test_a_program_cannot_tell_which_behaviour_it_is_asked(tmp_path: Path) -> None:
    """Environment, arguments, files, descriptors, limits: the same at each of its starts."""
    runner = Runner(private=True)
    try:
        card = scorecard(write(tmp_path, MIRROR), runner)
    finally:
        runner.close()
    seen = [like_any_other(text) for text in printed(card, "seen")]

    assert [r.id for r in card.results if r.outcome not in (Outcome.PASSED, Outcome.INFO)] == []
    assert len(seen) >= len(card.results)
    for each in seen:
        assert each == seen[0]


def test_no_seed_says_what_another_says(runner: Runner, tmp_path: Path) -> None:
    """Whoever knows everything that a run has sent knows nothing of the next."""
    homework = write(tmp_path, "")
    first, again, other = (sent(scorecard(homework, runner, seed)) for seed in (SEED, SEED, 7))
    long = {data for data in first if len(data) > 6}

    assert len(long) >= 10
    assert first == again
    assert not {data for data in other if len(data) > 6} & long


@pytest.mark.skipif("sys.platform != 'linux'", reason="a program reads its own memory by /proc")
@pytest.mark.parametrize("told", [False, True], ids=["", "told"])
def test_the_seed_is_nowhere_in_a_program(runner: Runner, tmp_path: Path, told: bool) -> None:
    """Not in its memory, environment, arguments or files; it would be found, where it is told."""
    homework = write(tmp_path, SCANNER)
    (homework.path.parent / "notes.txt").write_text(f"{'1' * 15} {SEED if told else ''}")
    found = printed(scorecard(homework, runner, SEED), "found")

    assert hashlib.sha256(b"1" * 15).hexdigest() in found
    assert (hashlib.sha256(str(SEED).encode()).hexdigest() in found) == told
