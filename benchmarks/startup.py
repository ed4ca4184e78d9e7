"""What the plugin adds to the start of pytest, without a target and with one.

Every pytest run where the package is installed loads the plugin: it gains at most
``MOST`` seconds of the processor by that. What is gained is the median over rounds in
which the runs take turns, each in an empty folder. The last row starts a grade as far
as the list of its behaviours. Exit status 1 when the plugin costs more.

    python -m benchmarks.startup [--into FOLDER]
"""

from __future__ import annotations

import functools
import sys
import tempfile
from pathlib import Path

from benchmarks.results import asked_folder, keep
from benchmarks.timing import EMPTY, Interpreter, gained, in_turn, medians, table

PROGRAM = Path(__file__).parent.parent / "reference" / "tcp_echo_server.py"
ROUNDS = 101
MOST = 0.010

WITHOUT, WITH, LISTED = (
    "pytest without the plugin", "pytest with the plugin", "list the behaviours of a target",
)  # fmt: skip


def main() -> int:
    """Print the table; return the exit status."""
    into = asked_folder(__doc__.partition("\n")[0])
    with tempfile.TemporaryDirectory() as name:
        python = Interpreter(Path(name))
        empty = functools.partial(python.pytest, statuses=[EMPTY])
        costs = in_turn({
            WITHOUT: lambda: empty("-p", "no:sockets"),
            WITH: empty,
            LISTED: lambda: python.pytest("--collect-only", "--target", str(PROGRAM)),
        }, ROUNDS)  # fmt: skip
    shown = {name: medians(every) for name, every in costs.items()}
    plugin = gained(costs[WITH], costs[WITHOUT])
    told = (
        f"{plugin.processor * 1000:.1f} ms of the processor, {plugin.wall * 1000:.1f} on the clock"
    )
    text = "\n\n".join([
        f"Medians of {ROUNDS} rounds",
        table(shown),
        f"Without a target the plugin adds {told}; {MOST * 1000:g} ms of the processor at most.",
    ])  # fmt: skip
    print(text)
    if into is not None:
        seconds = {name: cost.wall for name, cost in shown.items()}
        keep(into, "startup", text, {"Starts of pytest, in seconds": seconds}, ["pytest"])
    return int(plugin.processor > MOST)


if __name__ == "__main__":
    sys.exit(main())
