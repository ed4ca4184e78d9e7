"""Whether a verdict is the same every time while the machine is busy with other things.

Reference programs, benign variants, wrong programs and pairs of the tests are drawn by
a seed and graded, each with random payloads of its own, while the machine is stressed:
every core kept busy, memory taken and given back, thousands of sockets in TIME_WAIT, a
disk that others sync, temporary files on a file system that is full. Every outcome is
compared with what the program declares and with what the same program got before. Exit
status 1 when any differed; each difference is told with the command that repeats it.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from benchmarks.graded import KINDS, Verdict, begin, close, grade, programs, room_left
from benchmarks.results import add_folder, keep
from benchmarks.stresses import STRESSES, NotInForce, proof, switched_on

STRETCH = 20
"""Grades in a row under the same stresses, by one process."""

TOGETHER = (1, 2, 3, 4), (8, 4, 2, 1)
"""How many stresses are in force at a time, and how often."""

FULL = "full-tmp"
ROOMS = (0, 16 << 10, 256 << 10, 2 << 20)
"""Bytes that are left for temporary files where they are to be too few."""

LIMIT = 600.0
"""Seconds after which a grade is given up."""


@dataclass(frozen=True)
class Asked:
    """One grade of a soak: the ``number``th, of a program, with payloads from ``seed``."""

    number: int
    program: str
    seed: int


@dataclass(frozen=True)
class Stretch:
    """Some grades and the stresses they are made under; ``room`` is None where there is enough."""

    asked: Sequence[Asked]
    stresses: Sequence[str]
    room: int | None

    @property
    def names(self) -> list[str]:
        """The stresses as the command line has them."""
        return [*self.stresses, *([] if self.room is None else [FULL])]


@dataclass
class Soak:
    """What has come of a soak by now."""

    first: dict[str, dict[str, str]] = field(default_factory=dict)
    grades: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    programs: set[str] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=dict)

    def compare(self, asked: Asked, verdict: Verdict, *, room: bool) -> Iterator[str]:
        """Yield what differs from what was declared, or from what was before.

        Without ``room`` for temporary files anything may be left unjudged.
        """
        before = self.first.setdefault(asked.program, verdict.outcomes) if room else {}
        program = programs()[asked.program]
        for name, outcome in verdict.outcomes.items():
            told = f"{name} {outcome} ({verdict.told.get(name, '')})"
            if outcome == "not-judged" and not room:
                continue
            if (outcome in program.losses) != (verdict.ids[name] in program.declared):
                yield f"{told}, which is not what was declared"
            elif outcome == "not-judged" and outcome not in program.losses:
                yield told
            elif before.get(name, outcome) != outcome:
                yield f"{told}, and {before[name]} before"


def drawn(seed: int, numbers: Iterable[int], part: str) -> Iterator[Asked]:
    """Yield what the grades of these numbers are; the programs have ``part`` in their names."""
    groups = {kind: [name for name, each in programs().items()
                     if each.kind == kind and part in name] for kind in KINDS}  # fmt: skip
    kinds = [kind for kind in KINDS if groups[kind]]
    if not kinds:
        raise SystemExit(f"no program has {part!r} in its name")
    for number in numbers:
        chance = random.Random(f"{seed}/{number}")
        (kind,) = chance.choices(kinds, [KINDS[kind] for kind in kinds])
        yield Asked(number, chance.choice(groups[kind]), chance.randrange(1, 10**6))


def stretches(seed: int, asked: Iterable[Asked], chosen: Sequence[str]) -> Iterator[Stretch]:
    """Yield the grades with the stresses that the seed, or ``chosen``, puts them under."""
    together: dict[int, list[Asked]] = {}
    for each in asked:
        together.setdefault((each.number - 1) // STRETCH, []).append(each)
    for number, group in together.items():
        chance = random.Random(f"{seed}/stretch/{number}")
        some = chance.sample(list(STRESSES), chance.choices(*TOGETHER)[0])
        full, room = chance.random() < 0.1, chance.choice(ROOMS)
        if chosen:
            some, full = [name for name in STRESSES if name in chosen], FULL in chosen
        yield Stretch(group, some, room if full else None)


def run(soak: Soak, stretch: Stretch, *, portable: bool, repeat: str) -> None:
    """Grade a stretch under its stresses, and tell of it."""
    with contextlib.ExitStack() as closing:
        receipts = {name: switched_on(name, closing) for name in stretch.stresses}
        worker = closing.enter_context(_Worker(stretch.room, portable=portable))
        differing = sum(_one(soak, each, stretch, worker, repeat) for each in stretch.asked)
        if stretch.room is not None:
            receipts[FULL] = worker.room
        proofs = {name: proof(receipt) for name, receipt in receipts.items()}
    for name, (in_force, told) in proofs.items():
        if in_force:
            soak.seen.setdefault(name, []).append(told)
            soak.grades[name] += len(stretch.asked)
    numbers = f"{stretch.asked[0].number} to {stretch.asked[-1].number}"
    stressed = "; ".join(f"{name}: {told}" for name, (_, told) in proofs.items())
    print(f"{numbers}: {differing or 'none'} differed; {stressed}", flush=True)


def _one(soak: Soak, asked: Asked, stretch: Stretch, worker: _Worker, repeat: str) -> int:
    """Make one grade; return 1 when it differed."""
    try:
        verdict = worker.grade(asked)
    except (BrokenProcessPool, futures.TimeoutError) as error:
        worker.renew()
        verdict = Verdict({}, {}, {})
        found = [f"no verdict: {error or type(error).__name__}"]
    else:
        found = list(soak.compare(asked, verdict, room=stretch.room is None))
    soak.programs.add(asked.program)
    soak.kinds[programs()[asked.program].kind] += 1
    soak.outcomes.update(verdict.outcomes.values())
    if found:
        words = [repeat, "--first", str(asked.number), "--count 1"]
        words += [f"--stress {name}" for name in stretch.names]
        soak.differences.append("\n  ".join([f"{asked.program}, seed {asked.seed}", *found,
                                             " ".join(words)]))  # fmt: skip
        print(soak.differences[-1], flush=True)
    return bool(found)


class _Worker:
    """The process that grades; another one once it was lost."""

    def __init__(self, room: int | None, *, portable: bool) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._arguments = (self._folder.name, room, portable)
        self._pool = self._started()

    def _started(self) -> futures.ProcessPoolExecutor:
        return futures.ProcessPoolExecutor(1, get_context("spawn"), begin, self._arguments)

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(BrokenProcessPool, futures.TimeoutError):
            self._result(self._pool.submit(close))
        self._pool.shutdown()
        self._folder.cleanup()

    def grade(self, asked: Asked) -> Verdict:
        """Grade a program.

        Raises:
            BrokenProcessPool: the process was lost.
            TimeoutError: it takes too long.
        """
        found: Verdict = self._result(self._pool.submit(grade, asked.program, asked.seed))
        return found

    def room(self) -> str:
        """Tell how much room is left for temporary files.

        Raises:
            NotInForce: there is nobody who could tell.
        """
        try:
            return str(self._result(self._pool.submit(room_left)))
        except (BrokenProcessPool, futures.TimeoutError) as error:
            raise NotInForce("the process that grades was lost") from error

    def _result(self, future: futures.Future[Any]) -> Any:
        return future.result(LIMIT)

    def renew(self) -> None:
        """Go on with a new process; the old one is killed where it still runs."""
        for process in list(self._pool._processes.values()):
            process.kill()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()


def table(soak: Soak, seed: int, first: int) -> str:
    """Return what was found, as Markdown."""
    rows = ["| under | grades | receipts, the first and the last |", "|---|--:|---|"]
    for name in [*STRESSES, FULL]:
        seen = soak.seen.get(name, ["never in force"])
        receipts = " … ".join(dict.fromkeys((seen[0], seen[-1])))
        rows.append(f"| {name} | {soak.grades[name]} | {receipts} |")
    kinds = ", ".join(f"{soak.kinds[kind]} {kind}s" for kind in KINDS)
    outcomes = ", ".join(f"{count} {name}" for name, count in soak.outcomes.most_common())
    count = soak.kinds.total()
    numbers = f"numbers {first} to {first + count - 1} of seed {seed}"
    total = f"{count:,} grades ({numbers}: {kinds}; {len(soak.programs)} programs)"
    verdict = "none differs" if not soak.differences else f"{len(soak.differences)} differ"
    return "\n".join([f"{total}: {verdict}. Behaviours: {outcomes}.", "", *rows])


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000, help="how many grades")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn, and its payloads")
    parser.add_argument("--first", type=int, default=1, help="the number of the first grade")
    choices = [*STRESSES, FULL]
    told = "this one, in place of those that are drawn; may be given again"
    parser.add_argument("--stress", action="append", default=[], choices=choices, help=told)
    told = "programs that have this in their names"
    parser.add_argument("--only", default="", metavar="PART", help=told)
    told = "without anything that only Linux has"
    parser.add_argument("--portable", action="store_true", help=told)
    add_folder(parser)
    return parser.parse_args()


def main() -> int:
    """Run the soak; return the exit status."""
    asked = arguments()
    repeat = f"python -m benchmarks.soak --seed {asked.seed}"
    repeat += f" --only {asked.only}" if asked.only else ""
    repeat += " --portable" if asked.portable else ""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    soak, numbers = Soak(), range(asked.first, asked.first + asked.count)
    grades = drawn(asked.seed, numbers, asked.only)
    try:
        for stretch in stretches(asked.seed, grades, asked.stress):
            run(soak, stretch, portable=asked.portable, repeat=repeat)
    except KeyboardInterrupt:
        print("stopped before its end")
    found = table(soak, asked.seed, asked.first)
    print(f"\n{found}")
    if asked.into is not None:
        keep(asked.into, "soak", "\n\n".join([found, *soak.differences]), {})
    return int(bool(soak.differences) or soak.kinds.total() < asked.count)


if __name__ == "__main__":
    sys.exit(main())
