"""A conversation in UDP datagrams: each has its borders and its sender."""

from __future__ import annotations

import socket

import pytest

from pytest_sockets import Finding, message
from pytest_sockets.wire import datagrams as module
from pytest_sockets.wire.events import Datagram

from .other_end import LIMIT, Datagrams, datagrams


def told(both: Datagrams) -> list[tuple[str, bytes]]:
    """Return side and contents of every datagram in the transcript."""
    return [(event.side, event.data) for event in both.script.transcript.of(Datagram)]


def test_each_datagram_arrives_as_it_was_sent() -> None:
    """Datagrams keep their borders, the empty one too."""
    with datagrams() as both:
        both.peer.send(b"one", b"", b"two")
        assert [both.theirs.recv(100) for _ in range(3)] == [b"one", b"", b"two"]
        assert told(both) == [("peer", b"one"), ("peer", b""), ("peer", b"two")]


def test_the_next_datagram_is_taken_and_its_sender_returned() -> None:
    """An answer comes from the address that it was sent from."""
    with datagrams() as both:
        both.then(b"one", b"two")
        assert both.peer.expect(b"one") == both.theirs.getsockname()
        assert both.peer.expect(b"two") == both.theirs.getsockname()


def test_an_empty_datagram_is_no_silence() -> None:
    """A datagram without bytes is expected like any other."""
    with datagrams() as both:
        both.then(b"")
        both.peer.expect(b"")


def test_another_datagram_is_told_with_the_one_expected() -> None:
    """The finding holds both."""
    with datagrams() as both:
        both.then(b"pang")
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"pong")
    assert finding.value.difference == (b"pong", b"pang")
    assert str(finding.value.expected) == "a datagram with b'pong' (4 bytes)"
    assert str(finding.value.observed) == "a datagram with b'pang' (4 bytes)"
    assert finding.value.rests_on_deadline is False


@pytest.mark.parametrize(
    ("got", "meant"),
    [(b"hello\n", b"hello"), ("服务端".encode("gbk"), "服务端".encode()), (b"", b"hi there")],
)
def test_what_came_is_compared_with_what_it_was_meant_to_be(got: bytes, meant: bytes) -> None:
    """Of several that are right the nearest tells most; the first, when none is near."""
    with datagrams() as both:
        both.then(got)
        with pytest.raises(Finding) as finding:
            both.peer.expect_one_of(b"hi there", b"hello", "服务端".encode())
    assert finding.value.difference == (meant, got)


def test_what_else_would_be_right_is_told_in_the_language_of_the_reader() -> None:
    """What stands between the datagrams is translated with the rest."""
    with datagrams() as both, pytest.raises(Finding) as caught:
        both.peer.expect_one_of(b"hello", b"hi")
    chinese = {"{first} or {second}": "{first} 或 {second}"}
    assert "b'hello' or b'hi'" in str(caught.value.expected)
    assert "b'hello' 或 b'hi'" in caught.value.expected.render(lambda text: chinese.get(text, text))


def test_what_has_to_be_waited_for_is_told() -> None:
    """A datagram that comes too early is not too much."""
    with datagrams() as both:
        both.then(b"early")
        with pytest.raises(Finding) as finding:
            both.peer.expect_nothing(message("the one before is answered"))
    assert str(finding.value.expected) == "no datagram until the one before is answered"


@pytest.mark.parametrize("proved", [True, False])
def test_no_datagram_is_told_with_what_the_program_does(proved: bool) -> None:
    """Silence rests on a deadline only where rest is not proved."""
    with datagrams() as both:
        both.script.proved = proved
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"pong")
    assert str(finding.value.observed) == "no datagram; it rests"
    assert finding.value.rests_on_deadline is not proved
    assert finding.value.difference is None


def test_any_datagram_is_returned_with_its_sender() -> None:
    """Contents and address come together."""
    with datagrams() as both:
        both.then(b"whatever")
        assert both.peer.expect_any() == (b"whatever", both.theirs.getsockname())


def test_no_datagram_at_all_is_a_finding() -> None:
    """Who expects any datagram is told of the silence."""
    with datagrams() as both, pytest.raises(Finding, match="no datagram; it rests"):
        both.peer.expect_any()


def test_several_datagrams_may_come_in_any_order() -> None:
    """UDP promises no order; what comes behind them is left for the next."""
    with datagrams() as both:
        both.then(b"b", b"a", b"a", b"c")
        both.peer.expect_set([b"a", b"a", b"b"])
        both.peer.expect(b"c")


def test_missing_and_unexpected_datagrams_are_counted() -> None:
    """A datagram that came twice does not stand for the one that is missing."""
    with datagrams() as both:
        both.script.proved = False
        both.then(b"a", b"a")
        with pytest.raises(Finding) as finding:
            both.peer.expect_set([b"a", b"b"])
    assert str(finding.value.observed) == "1 of them; missing [b'b'], unexpected [b'a']"
    assert finding.value.rests_on_deadline is False


def test_a_missing_datagram_rests_on_a_deadline_without_a_proof() -> None:
    """It may still come where rest is not proved."""
    with datagrams() as both:
        both.script.proved = False
        both.then(b"a")
        with pytest.raises(Finding) as finding:
            both.peer.expect_set([b"a", b"b"])
    assert str(finding.value.observed) == "1 of them; missing [b'b'], then it rests"
    assert finding.value.rests_on_deadline is True


def test_silence_is_what_was_expected_when_nothing_comes() -> None:
    """A program that rests sends nothing."""
    with datagrams() as both:
        both.peer.expect_nothing()


def test_a_datagram_of_its_own_accord_is_a_finding() -> None:
    """The empty one counts as well."""
    with datagrams() as both:
        both.then(b"")
        with pytest.raises(Finding) as finding:
            both.peer.expect_nothing()
    assert str(finding.value.observed) == "a datagram with b'' (0 bytes)"


def test_all_that_comes_until_rest_is_returned() -> None:
    """Nothing is judged, and nothing is left behind."""
    with datagrams() as both:
        both.then(b"one", b"two")
        assert both.peer.received_so_far() == [b"one", b"two"]
        both.peer.expect_nothing()


def test_what_came_between_the_look_and_the_proof_counts() -> None:
    """A program may send in the moment before it is seen to rest."""
    with datagrams() as both:
        both.script.last = both.says(b"just in time")
        assert both.peer.expect_any()[0] == b"just in time"
        both.script.last = both.says(b"and again")
        with pytest.raises(Finding):
            both.peer.expect_nothing()


def test_a_program_that_sends_on_and_on_is_not_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More than anybody asked for ends the wait."""
    monkeypatch.setattr(module, "MOST_DATAGRAMS", 3)
    with datagrams() as both:
        both.then(*[b"again"] * 10)
        assert both.peer.received_so_far() == [b"again"] * 3
        assert both.script.steps


def test_the_first_datagram_tells_whom_to_answer() -> None:
    """A server of ours learns its client's address, and knows nobody before."""
    with datagrams(known=False) as both:
        with pytest.raises(ValueError, match=r"^there is nobody to send to"):
            both.peer.send(b"who is there?")
        both.then(b"hello")
        both.peer.expect(b"hello")
        both.peer.send(b"welcome")
        assert both.theirs.recv(100) == b"welcome"


def test_the_latest_sender_is_answered() -> None:
    """A client may open a new socket for each datagram."""
    with datagrams(known=False) as both, socket.socket(type=socket.SOCK_DGRAM) as new:
        both.then(b"from the old one")
        both.peer.expect(b"from the old one")
        new.settimeout(LIMIT)
        new.sendto(b"from the new one", both.peer.local)
        both.peer.expect(b"from the new one")
        both.peer.send(b"welcome")
        assert new.recv(100) == b"welcome"


def test_an_address_that_was_given_is_kept() -> None:
    """A server is asked at its address, also when something comes from elsewhere."""
    with datagrams() as both, socket.socket(type=socket.SOCK_DGRAM) as other:
        other.sendto(b"from elsewhere", both.peer.local)
        both.peer.expect(b"from elsewhere")
        both.peer.send(b"hello")
        assert both.theirs.recv(100) == b"hello"


def test_a_datagram_is_told_with_both_addresses() -> None:
    """``local`` is the end that it left from, ``remote`` the one that it went to."""
    with datagrams() as both:
        ours, theirs = both.peer.local, both.theirs.getsockname()
        both.then(b"pong")
        both.peer.send(b"ping")
        both.peer.expect(b"pong")
        ways = [(event.local, event.remote) for event in both.script.transcript.of(Datagram)]
    assert ways == [(ours, theirs), (theirs, ours)]


def test_an_address_that_none_of_our_sockets_reaches_is_an_error() -> None:
    """IPv4 can't reach an IPv6 address."""
    with datagrams() as both:
        both.peer.remote = ("::1", 9)
        with pytest.raises(ValueError, match=r"^no socket of ours can reach ::1$"):
            both.peer.send(b"hello")


def test_leaving_the_block_closes_the_socket() -> None:
    """The port is free for the next one."""
    with datagrams() as both:
        with both.peer:
            pass
        assert both.peer.closed
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
            again.bind(both.peer.local)
