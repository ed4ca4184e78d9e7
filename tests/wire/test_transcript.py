"""The transcript keeps events in the order of their times, and wakes who waits."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest

from pytest_sockets.wire import transcript as module
from pytest_sockets.wire.events import Event, Finished, Sent
from pytest_sockets.wire.transcript import Transcript


def test_events_come_in_the_order_of_their_times() -> None:
    """An event that is told late takes its place by its time."""
    transcript = Transcript()
    for at in (0.3, 0.1, 0.2):
        transcript.add(Finished(at=at))
    assert [event.at for event in transcript.events] == [0.1, 0.2, 0.3]


def test_events_of_one_time_stay_in_the_order_they_were_told() -> None:
    """What is told first comes first when the times are equal."""
    transcript = Transcript()
    for data in (b"a", b"b", b"c"):
        transcript.add(Sent(at=1.0, data=data))
    assert [event.data for event in transcript.of(Sent)] == [b"a", b"b", b"c"]


def test_events_can_be_asked_for_by_their_class() -> None:
    """Only events of the class are returned."""
    transcript = Transcript()
    transcript.add(Sent(data=b"a"))
    transcript.add(Finished())
    assert transcript.of(Finished) == [Finished()]


def test_the_list_that_was_returned_is_no_longer_touched() -> None:
    """Who holds the events holds them as they were."""
    transcript = Transcript()
    before = transcript.events
    transcript.add(Finished())
    assert before == []


def test_time_begins_when_the_transcript_is_opened() -> None:
    """Times are never negative and never run backwards."""
    transcript = Transcript()
    assert 0.0 <= transcript.now() <= transcript.now()


def test_events_beyond_the_cap_are_counted_and_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that never stops talking fills no memory."""
    monkeypatch.setattr(module, "MOST_EVENTS", 3)
    transcript = Transcript()
    for i in range(5):
        transcript.add(Finished(at=float(i)))
    assert [event.at for event in transcript.events] == [0.0, 1.0, 2.0]
    assert transcript.dropped == 2


def test_bytes_beyond_the_cap_are_dropped_with_their_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Few events of many bytes fill no memory either; what has no bytes is still kept."""
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    transcript = Transcript()
    transcript.add(Sent(at=0.0, side="peer", connection=1, data=b"12345678"))
    transcript.add(Sent(at=1.0, side="peer", connection=1, data=b"12345678"))
    transcript.add(Finished(at=2.0))
    assert [event.at for event in transcript.events] == [0.0, 2.0]
    assert transcript.dropped == 1


def test_an_event_wakes_who_waits_for_it() -> None:
    """A wait ends as soon as an event makes its condition true."""
    transcript = Transcript()
    thread = threading.Thread(target=transcript.add, args=[Finished()])
    thread.start()
    assert transcript.wait(lambda: bool(transcript.events), 30.0)
    thread.join()


def test_a_wait_ends_when_its_time_is_over() -> None:
    """Without an event the wait says that its condition does not hold."""
    assert not Transcript().wait(lambda: False, 0.0)


def test_a_condition_that_holds_already_is_not_waited_for() -> None:
    """No event and no time is needed."""
    assert Transcript().wait(lambda: True, 0.0)


def test_no_event_is_lost_when_several_threads_tell() -> None:
    """The streams of a program and the conversation are told beside each other."""
    transcript = Transcript()

    def tell(numbers: Iterator[int]) -> None:
        for number in numbers:
            transcript.add(Finished(connection=number))

    numbers = (iter(range(i * 200, (i + 1) * 200)) for i in range(4))
    threads = [threading.Thread(target=tell, args=[each]) for each in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [event.connection for event in transcript.events]
    assert sorted(told) == list(range(800))
    assert all(_in_order(told, start) for start in range(0, 800, 200))


def _in_order(told: list[int], start: int) -> bool:
    mine = [number for number in told if start <= number < start + 200]
    return all(a < b for a, b in itertools.pairwise(mine))


def test_an_event_is_named_after_its_class() -> None:
    """Reports name an event by its class, in lower case."""
    events: list[Event] = [Sent(data=b""), Finished()]
    assert [event.name for event in events] == ["sent", "finished"]
