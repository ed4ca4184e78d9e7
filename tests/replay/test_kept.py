"""What is kept of a failure is enough to repeat it: all steps until it failed, and none after."""

from __future__ import annotations

from pytest_sockets.programs.place import Runner
from pytest_sockets.wire.events import Called, Finished, Sent, Started

from .repeating import failing


def test_the_end_that_we_made_afterwards_is_no_step(runner: Runner) -> None:
    """Connections are closed when a behaviour is left: that is not what failed."""
    result = failing("tcp-echo/server/accept_in_the_message_loop", "returns-every-message", runner)
    assert any(isinstance(e, Finished) and e.side == "peer" for e in result.result.transcript)
    assert not any(isinstance(e, Finished) for e in result.result.steps)
    sides = [event.side for event in result.result.steps if isinstance(event, Sent)]
    assert sides == ["peer", "program", "peer"]
    assert result.result.connection == 1


def test_an_end_that_was_asked_for_is_a_step(runner: Runner) -> None:
    """A half-close that the program did not answer is repeated."""
    result = failing("tcp-echo/server/accept_in_the_message_loop", "ends-with-the-stream", runner)
    assert any(isinstance(e, Finished) and e.side == "peer" for e in result.result.steps)


def test_the_program_s_own_calls_are_no_steps(runner: Runner) -> None:
    """They explain, and can't be repeated from outside."""
    result = failing("tcp-upload/server/appends", "replaces-a-file-of-the-same-name", runner)
    assert not any(isinstance(event, Called) for event in result.result.steps)
    (started,) = [event for event in result.result.steps if isinstance(event, Started)]
    assert [len(data) for _, data in started.files] == [1200]
