"""What a program behaves like: the pattern of its failures, compared with known mistakes.

Explains only: no outcome and no point depends on it. Nothing is said where two
mistakes fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from pytest_sockets.behaviours import Role
from pytest_sockets.results import Diagnosis, Outcome, Result

from .known import KNOWN
from .seen import Seen

__all__ = ["KNOWN", "diagnose"]


def diagnose(exercise: str, role: Role, results: Sequence[Result]) -> Diagnosis | None:
    """Return what a server or client with these ``results`` behaves like; None where nothing fits.

    ``results`` are in the order of the profile: the first failure is the one to
    mend first.
    """
    failed = [result for result in results if result.outcome is Outcome.FAILED]
    if not failed or role not in ("server", "client"):
        return None
    seen = Seen(failed[0], frozenset(result.behaviour for result in failed))
    fitting = [known for known in KNOWN if known.fits(exercise, seen)]
    if len(fitting) != 1:
        return None
    (known,) = fitting
    return Diagnosis(known.slug, known.does, seen.result.id)
