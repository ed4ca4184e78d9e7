"""What faults do to a conversation through a proxy, and what is counted of it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from pytest_sockets import (
    After,
    Coalesce,
    Corrupt,
    Delay,
    Duplicate,
    Fault,
    Fragment,
    HalfClose,
    Lose,
    Misuse,
    Reorder,
    Reset,
    ShortRecv,
    ShortSend,
    Stall,
    Throttle,
    Truncate,
    open_proxy,
)
from pytest_sockets.kernel import sock_diag
from pytest_sockets.wire.course import LOST
from pytest_sockets.wire.events import Event, Paused, Sent

from .crossing import LIMIT, Crossing, crossing, descriptors, listening, received, to_the_end

PROVED = pytest.mark.skipif(not sock_diag.available(), reason="no proof that a piece was taken")


@dataclass
class Reader:
    """A server of the test that reads in a thread; between two reads it waits for ``go``."""

    sock: socket.socket
    pieces: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        while self.go.acquire() and (piece := self.sock.recv(65536)):
            self.pieces.append(piece)


def all_pieces(both: Crossing, data: bytes, *, slow: bool) -> list[bytes]:
    """Return what each recv of the server returned of ``data``.

    A slow server works between two reads: it has to be told of each by the test,
    which does so only when the next piece would have had its time to come.
    """
    reader = Reader(both.server)
    if not slow:
        reader.go.release(len(data) + 2)
    both.client.sendall(data)
    both.client.shutdown(socket.SHUT_WR)
    while reader.thread.is_alive():
        if slow:
            reader.go.release()
        reader.thread.join(0.002)
    return reader.pieces


@PROVED
@pytest.mark.parametrize("slow", [False, True])
def test_1000_of_1000_pieces_arrive_apart(slow: bool) -> None:
    """The reader sees every border, whether it is quick or slow, and each is proved."""
    data = bytes(range(250)) * 4
    with crossing(to_server=[Fragment(size=1)]) as both:
        assert all_pieces(both, data, slow=slow) == [bytes([byte]) for byte in data]
        assert (both.proxy.to_server.apart, both.proxy.to_server.unproved) == (1000, 0)


@PROVED
@pytest.mark.parametrize("slow", [False, True])
def test_1000_of_1000_merges_arrive_as_one(slow: bool) -> None:
    """However the sender cuts them, the reader gets blocks of the size that was planned."""
    data = bytes(range(250)) * 4 * 12
    with crossing(to_server=[Coalesce(size=12)]) as both:
        both.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pieces = all_pieces(both, data, slow=slow)
        assert pieces == [data[start : start + 12] for start in range(0, len(data), 12)]


def test_messages_stick_together_until_there_is_silence() -> None:
    """Without a size, what follows at once is joined, and nothing waits for ever."""
    with crossing(to_server=[Coalesce(silence=0.01)]) as both:
        both.client.sendall(b"one")
        both.client.sendall(b"two")
        assert received(both.server, 6) == b"onetwo"


def test_what_was_to_be_joined_is_not_lost_at_the_end() -> None:
    """The end of the stream lets go of less than a block."""
    with crossing(to_server=[Coalesce(size=100)]) as both:
        both.client.sendall(b"hello")
        both.client.shutdown(socket.SHUT_WR)
        assert to_the_end(both.server) == b"hello"


def test_a_fault_taken_away_lets_go_of_what_it_gathered() -> None:
    """Who waits for more bytes to join is woken."""
    with crossing() as both:
        joining = both.proxy.to_server.add(Coalesce(size=100))
        both.client.sendall(b"hello")
        joining.close()
        assert received(both.server, 5) == b"hello"


@pytest.mark.parametrize("first", ["client", "server"])
def test_a_reset_comes_behind_exactly_so_many_bytes(first: str) -> None:
    """The receiver gets those bytes and the RST, and so does the sender."""
    with crossing() as both:
        way = both.proxy.to_server if first == "client" else both.proxy.to_client
        active = way.add(Reset(after=7))
        sender, receiver = both.ends(first)
        sender.sendall(b"hello")
        assert received(receiver, 5) == b"hello"
        sender.sendall(b"world")
        assert received(receiver, 2) == b"wo"
        for end in (receiver, sender):
            with pytest.raises(ConnectionResetError):
                end.recv(1)
        assert (active.count, active.receipt.made.size, active.receipt.made.resets) == (1, 7, 1)


def test_a_reset_takes_the_place_of_the_end() -> None:
    """Without a number of bytes it comes when the sender finishes."""
    with crossing(to_client=[Reset()]) as both:
        both.passes()
        both.server.close()
        with pytest.raises(ConnectionResetError):
            both.client.recv(1)


def test_a_truncated_stream_ends_and_the_rest_is_lost() -> None:
    """The receiver sees FIN; the other direction, and the sender, go on."""
    with crossing(to_client=[Truncate(4)]) as both:
        both.server.sendall(b"hello")
        both.server.sendall(b"world")
        assert to_the_end(both.client) == b"hell"
        both.client.sendall(b"still here")
        assert received(both.server, 10) == b"still here"
        assert both.proxy.to_client.faults[0].receipt.lost >= 1
        assert both.proxy.to_client.faults[0].count == 1
    lost = [e.data for e in both.proxy.transcript.of(Sent) if e.note == LOST]
    assert b"".join(lost)[:1] == b"o"


def test_a_half_close_comes_behind_the_first_message() -> None:
    """The receiver learns of the end with the message."""
    with crossing(to_server=[HalfClose()]) as both:
        both.client.sendall(b"hello")
        assert to_the_end(both.server) == b"hello"
        both.server.sendall(b"answer")
        assert received(both.client, 6) == b"answer"


def counted_to_the_end(both: Crossing, *messages: bytes) -> int:
    """Return the count of the only fault to the server, when all was said and the client left."""
    for data in messages:
        both.client.sendall(data)
    both.client.shutdown(socket.SHUT_WR)
    given = both.proxy.to_server.faults[0]
    assert both.proxy.to_server.wait(lambda: given.receipt.given.finished == 1, LIMIT)
    return given.count


@pytest.mark.parametrize("fault", [Truncate(3), HalfClose(), After(1, Truncate(2))])
def test_an_end_counts_once_whatever_comes_behind_it(fault: Fault) -> None:
    """What is lost there, and the sender's own end, are no ends of the fault's."""
    with crossing(to_server=[fault]) as both:
        both.client.sendall(b"hello")
        to_the_end(both.server)
        assert both.proxy.to_server.faults[0].count == 1
        assert counted_to_the_end(both, b"more", b"and more") == 1


def test_a_stall_lasts_until_its_fault_ends() -> None:
    """Nothing comes behind the border, nothing ends, and nothing is lost."""
    with crossing() as both:
        stall = both.proxy.to_server.add(Stall(after=2))
        both.client.sendall(b"hello")
        assert received(both.server, 2) == b"he"
        assert both.proxy.transcript.wait(lambda: bool(both.proxy.transcript.of(Paused)), LIMIT)
        both.server.setblocking(False)
        with pytest.raises(BlockingIOError):
            both.server.recv(1)
        both.server.settimeout(LIMIT)
        stall.close()
        assert received(both.server, 3) == b"llo"


def test_stopping_ends_a_stall() -> None:
    """A pause without end does not keep the proxy from its end."""
    with crossing(Stall()) as both:
        both.client.sendall(b"hello")
        assert both.proxy.transcript.wait(lambda: bool(both.proxy.transcript.of(Paused)), LIMIT)
        both.proxy.stop()
        assert both.server.recv(1) == b""


@pytest.mark.parametrize("fault", [Delay(0.01), Throttle(1000), Corrupt(0.5), After(3, Delay(0))])
def test_what_is_planned_is_what_arrives(fault: Fault) -> None:
    """The same bytes as planned, in the same order, and a receipt that says so."""
    with crossing(to_server=[fault]) as both:
        both.client.sendall(b"hello world")
        both.client.shutdown(socket.SHUT_WR)
        arrived = to_the_end(both.server)
        plan: list[Event] = fault.plan([Sent(data=b"hello world")])
        assert arrived == b"".join(event.data for event in plan if isinstance(event, Sent))
        found = both.proxy.to_server.faults[0].receipt
        assert (found.given.size, found.made.size) == (11, 11)
        assert found.altered == sum(a != b for a, b in zip(b"hello world", arrived, strict=True))


def test_faults_come_and_go_while_it_runs() -> None:
    """A fault is there for what comes while it is open, and counts what it did."""
    with crossing() as both:
        both.passes()
        with both.proxy.to_server.add(Corrupt(1.0)) as corrupt:
            both.client.sendall(b"hello")
            assert received(both.server, 5) != b"hello"
        both.passes()
        assert (corrupt.count, corrupt.receipt.altered) == (1, 5)
        assert both.proxy.to_server.faults == ()


def test_a_fault_gets_what_the_kernel_would_have_carried() -> None:
    """It is added while nobody looks at the bytes, and nothing is lost by that."""
    with crossing(recorded=0) as both:
        size = 1 << 20
        thread = threading.Thread(target=both.client.sendall, args=(bytes(size),))
        thread.start()
        assert received(both.server, size) == bytes(size)
        thread.join()
        with both.proxy.to_server.add(Corrupt(1.0)):
            both.client.sendall(b"hello")
            assert received(both.server, 5) != b"hello"
        both.passes()


def test_faults_apply_in_turn() -> None:
    """One fault works on what the one before has made."""
    with crossing(to_server=[Fragment(size=1), Reset(after=3)]) as both:
        both.client.sendall(b"hello")
        assert received(both.server, 3) == b"hel"
        with pytest.raises(ConnectionResetError):
            both.server.recv(1)


def test_each_connection_is_counted_anew() -> None:
    """A fault after so many bytes meets every connection there."""
    with crossing(to_server=[Truncate(3)]) as both:
        both.client.sendall(b"hello")
        assert to_the_end(both.server) == b"hel"
        with socket.create_connection(both.proxy.address) as second:  # type: ignore[arg-type]
            second.sendall(b"world")
            second.shutdown(socket.SHUT_WR)
            assert both.proxy.transcript.wait(
                lambda: b"wor" in {event.data for event in both.proxy.transcript.of(Sent)}, LIMIT
            )
        assert both.proxy.to_server.faults[0].receipt.made.finished == 2


def test_at_once_a_reset_needs_no_byte() -> None:
    """Open connections are reset although nobody speaks."""
    with crossing() as both:
        both.passes()
        assert both.proxy.to_client.at_once(Reset()) == 1
        for end in both.ends("client"):
            with pytest.raises(ConnectionResetError):
                end.recv(1)


def test_at_once_an_end_needs_no_byte() -> None:
    """The receiver gets FIN and can still speak."""
    with crossing() as both:
        both.passes()
        both.proxy.to_client.at_once(Truncate(0))
        assert both.client.recv(1) == b""
        both.client.sendall(b"still here")
        assert received(both.server, 10) == b"still here"


@pytest.mark.parametrize("fault", [Lose(0.5), Duplicate(0.5), Reorder(0.5)])
def test_what_fits_datagrams_only_does_not_fit_a_stream(fault: Fault) -> None:
    """The error names the fault, what it is for, and what the proxy carries."""
    before = descriptors()
    name = type(fault).__name__
    text = f"^faults: {name} is for datagrams, not for streams$"
    with pytest.raises(Misuse, match=text), crossing(fault):
        pass
    assert descriptors() == before


@pytest.mark.parametrize("fault", [Reset(), After(3, Reset())])
def test_a_socket_file_knows_no_reset(fault: Fault) -> None:
    """The error says so at once, also of a reset that would come later."""
    text = r"^faults: \w+ is for TCP, not for AF_UNIX streams$"
    with pytest.raises(Misuse, match=text), crossing(fault, kind="unix"):
        pass


def test_what_works_inside_programs_does_not_work_between_them() -> None:
    """A proxy has no calls to cap."""
    text = r"^faults: ShortRecv is for programs, not for streams$"
    with pytest.raises(Misuse, match=text), crossing(ShortRecv(1)):
        pass


class Odd(Delay):
    """A fault of one's own, for something that no fault of ours is for."""

    media = frozenset({"udp", "program"})


def test_the_error_knows_what_a_fault_of_ones_own_is_for() -> None:
    """Also where that is none of the usual combinations."""
    text = r"^faults: Odd is for program, udp, not for streams$"
    with pytest.raises(Misuse, match=text), crossing(Odd(0.1)):
        pass


@pytest.mark.parametrize("wrong", [Fragment, "Delay", None])
def test_what_is_no_fault_is_refused(wrong: object) -> None:
    """A class instead of an object is the usual mistake."""
    with (
        pytest.raises(Misuse, match=r"^faults: .* is no fault, such as Delay\(0.1\)"),
        crossing(wrong),
    ):
        pass


NO_END = [
    Delay(0), Fragment(size=1), Corrupt(1.0), Throttle(10), Coalesce(), Stall(),
    Truncate(5), Reset(after=3), After(5, Reset()),
]  # fmt: skip


@pytest.mark.parametrize("fault", NO_END, ids=repr)
def test_at_once_takes_nothing_but_an_end(fault: Fault) -> None:
    """What works on bytes has none to work on; the connection goes on."""
    said = (
        f"at_once: {fault!r} ends no stream on which nobody speaks: "
        "take Reset(), HalfClose() or Truncate(0), or add it"
    )
    with crossing() as both:
        both.passes()
        with pytest.raises(Misuse, match=f"^{re.escape(said)}$"):
            both.proxy.to_client.at_once(fault)
        both.passes()


@pytest.mark.parametrize("fault", [HalfClose(), Truncate(0), After(0, HalfClose())], ids=repr)
def test_at_once_every_fault_that_finishes_does(fault: Fault) -> None:
    """The other direction goes on."""
    with crossing() as both:
        both.passes()
        assert both.proxy.to_client.at_once(fault) == 1
        assert both.client.recv(1) == b""
        both.client.sendall(b"still here")
        assert received(both.server, 10) == b"still here"


@pytest.mark.parametrize("fault", [Reset(), Reset(after=0), After(0, Reset())], ids=repr)
def test_at_once_every_fault_that_resets_does(fault: Fault) -> None:
    """Both ends."""
    with crossing() as both:
        both.passes()
        both.proxy.to_client.at_once(fault)
        for end in both.ends("client"):
            with pytest.raises(ConnectionResetError):
                end.recv(1)


@PROVED
def test_a_piece_that_was_answered_is_counted() -> None:
    """Also while its sender has not looked again yet."""
    with crossing(to_server=[Fragment(size=5)]) as both:
        for count in range(1, 101):
            both.client.sendall(b"hello world"[:10])
            assert received(both.server, 10) == b"hello worl"
            assert both.proxy.to_server.apart == 2 * count


@PROVED
def test_a_piece_that_was_taken_counts_though_its_fault_is_taken_away() -> None:
    """Before its sender looked again."""
    with crossing() as both:
        for count in range(1, 101):
            with both.proxy.to_server.add(Fragment(size=5)):
                both.client.sendall(b"hello worl")
                assert received(both.server, 10) == b"hello worl"
            both.passes()
            assert (both.proxy.to_server.apart, both.proxy.to_server.unproved) == (2 * count, 0)


def test_what_comes_behind_a_border_is_joined_from_its_first_byte() -> None:
    """The message across the border is the first to be joined."""
    with crossing(to_server=[After(4, Coalesce(size=4))]) as both:
        both.client.sendall(b"12345")
        assert received(both.server, 4) == b"1234"
        both.client.sendall(b"678")
        assert received(both.server, 4) == b"5678"
        both.client.shutdown(socket.SHUT_WR)
        assert to_the_end(both.server) == b""
    sent = [event.data for event in both.proxy.transcript.of(Sent)]
    assert sent == [b"1234", b"5678"]


class Broken(Fault):
    """A fault of somebody's own whose plan raises an error, or is none."""

    def __init__(self, made: object = None) -> None:
        self.made = made

    def __repr__(self) -> str:
        return "Broken()"

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Plan what can't be done."""
        if self.made is None:
            raise OSError("oh")
        return self.made  # type: ignore[return-value]


@pytest.mark.parametrize("first", ["client", "server"])
@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_fault_that_fails_breaks_the_connection_off(first: str, kind: str) -> None:
    """Nobody hangs, and the proxy's stop tells of it, once."""
    with crossing(kind=kind) as both:
        way = both.proxy.to_server if first == "client" else both.proxy.to_client
        way.add(Broken())
        sender, receiver = both.ends(first)
        sender.sendall(b"hello")
        if kind == "tcp":
            for end in (receiver, sender):
                with pytest.raises(ConnectionResetError):
                    end.recv(1)
        else:
            assert receiver.recv(1) == b""
        with pytest.raises(Misuse, match=r"^faults: Broken\(\) has failed: OSError: oh$") as told:
            both.proxy.stop()
        assert isinstance(told.value.__cause__, OSError)


def broken_off(fault: Fault, own: Exception | None = None) -> None:
    """Send something to a fault that fails, and raise an error of one's ``own``."""
    with crossing(to_server=[fault]) as both:
        both.client.sendall(b"hello")
        with pytest.raises(ConnectionResetError):
            both.server.recv(1)
        if own is not None:
            raise own


@pytest.mark.parametrize(
    "made", [5, ["x"], [Sent(data="text")], [Paused(seconds="1")]],  # type: ignore[arg-type]
    ids=repr,
)  # fmt: skip
def test_a_plan_that_can_not_be_performed_is_a_failure_of_its_fault(made: object) -> None:
    """It is told before anything of it is performed."""
    with pytest.raises(Misuse, match=r"^faults: Broken\(\) has failed: TypeError: "):
        broken_off(Broken(made))


def test_an_error_of_the_test_s_own_counts_for_more_than_a_fault_s() -> None:
    """Leaving the context with one tells nothing else."""
    with pytest.raises(KeyError):
        broken_off(Broken(), KeyError())


@pytest.mark.parametrize("argument", ["to_server", "to_client"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Fragment(size=1), "takes a list of faults: [Fragment(size=1, at=())]"),
        (5, "takes a list of faults, such as [Delay(0.1)], not 5"),
        ("slow", "takes a list of faults, such as [Delay(0.1)], not 'slow'"),
        (Fragment, "takes a list of faults, such as [Delay(0.1)], not <class"),
    ],
)
def test_the_faults_of_one_direction_are_a_list(argument: str, given: object, said: str) -> None:
    """The mistake is told before anything is opened."""
    before = descriptors(), threading.active_count()
    with (
        listening() as (_, address),
        pytest.raises(Misuse, match=f"^{argument} {re.escape(said)}"),
    ):
        open_proxy(address, **{argument: given})  # type: ignore[arg-type]
    assert (descriptors(), threading.active_count()) == before


@pytest.mark.parametrize("recorded", [-1, 1.5, "all", None])
def test_what_is_kept_of_a_connection_is_a_number_of_bytes(recorded: object) -> None:
    """The argument is named."""
    said = f"recorded: it is a whole number of bytes, 0 or more, not {recorded!r}"
    with listening() as (_, address), pytest.raises(Misuse, match=f"^{re.escape(said)}$"):
        open_proxy(address, recorded=recorded)  # type: ignore[arg-type]


def test_a_fault_that_does_not_fit_is_named_though_it_would_begin_later() -> None:
    """What is wrong is not the waiting for it."""
    text = r"^faults: ShortSend is for programs, not for streams$"
    with pytest.raises(Misuse, match=text), crossing(After(1, After(2, ShortSend(1)))):
        pass
