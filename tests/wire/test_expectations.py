"""What a peer expects of the program, and what it says when something else comes."""

from __future__ import annotations

import pytest

from pytest_sockets import Finding, Peer, message
from pytest_sockets.wire import stream
from pytest_sockets.wire.events import Sent

from .other_end import connected


def observed(finding: pytest.ExceptionInfo[Finding]) -> str:
    """Return the finding's sentence about what was seen."""
    return str(finding.value.observed)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_bytes_that_were_expected_are_taken(host: str) -> None:
    """What was expected is taken, and what came behind it stays for the next."""
    with connected(host=host) as both:
        both.then(both.says(b"hello world"))
        both.peer.expect(b"hello")
        both.peer.expect(b" world")


def test_an_answer_may_come_in_pieces() -> None:
    """A stream has no borders: an answer is read until it is whole."""
    with connected() as both:
        both.then(both.says(b"he"), both.says(b"l"), both.says(b"lo"))
        both.peer.expect(b"hello")


def test_other_bytes_are_told_with_what_was_expected() -> None:
    """The finding holds both, and names them in its sentences."""
    with connected() as both:
        both.then(both.says(b"hellO"))
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert finding.value.difference == (b"hello", b"hellO")
    assert str(finding.value.expected) == "b'hello' (5 bytes)"
    assert observed(finding) == "b'hellO' (5 bytes)"


def test_too_few_bytes_are_told_with_what_the_program_does() -> None:
    """When the program rests before its answer is whole, the finding says so."""
    with connected() as both:
        both.then(both.says(b"hel"))
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert observed(finding) == "b'hel' (3 bytes), then it rests"


def test_nothing_before_the_end_of_the_stream_is_told_as_that() -> None:
    """A program that closes instead of answering is told apart from one that waits."""
    with connected() as both:
        both.then(both.finishes)
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert observed(finding) == "nothing, then the end of the stream"


def test_what_came_before_a_reset_is_kept_and_told() -> None:
    """A program that closes with unread bytes sends RST behind its answer."""
    with connected() as both:
        both.peer.send(b"unread")
        both.then(both.says(b"hel"), both.closes)
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert observed(finding) == "b'hel' (3 bytes), then a reset of the connection (RST)"
    assert both.told[-2:] == ["program sent", "program reset"]


@pytest.mark.parametrize(("proved", "rests"), [(True, False), (False, True)])
def test_missing_bytes_rest_on_a_deadline_only_without_a_proof(proved: bool, rests: bool) -> None:
    """A proof of rest is a verdict; the passing of time has to be confirmed."""
    with connected() as both:
        both.script.proved = proved
        both.then(both.says(b"hel"))
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert finding.value.rests_on_deadline is rests


def test_wrong_bytes_never_rest_on_a_deadline() -> None:
    """What has come can't be mended by what may still come."""
    with connected() as both:
        both.script.proved = False
        both.then(both.says(b"HEL"))
        with pytest.raises(Finding) as finding:
            both.peer.expect(b"hello")
    assert finding.value.rests_on_deadline is False


@pytest.mark.parametrize("answer", [b"hi", b"hello"])
def test_one_of_several_answers_is_returned(answer: bytes) -> None:
    """Whichever comes is taken."""
    with connected() as both:
        both.then(both.says(answer))
        assert both.peer.expect_one_of(b"hello", b"hi") == answer


def test_the_longest_answer_that_fits_counts() -> None:
    """An answer that begins like a shorter one is waited for."""
    with connected() as both:
        both.then(both.says(b"he"), both.says(b"llo"))
        assert both.peer.expect_one_of(b"he", b"hello") == b"hello"


def test_none_of_several_answers_is_a_finding_that_names_them() -> None:
    """All answers that would have been right are in the sentence."""
    with connected() as both:
        both.then(both.says(b"ho"))
        with pytest.raises(Finding) as finding:
            both.peer.expect_one_of(b"hi", b"hey")
    assert str(finding.value.expected) == "b'hi' or b'hey'"
    assert observed(finding) == "b'ho' (2 bytes), then it rests"


def test_answers_in_chinese_are_named_as_text() -> None:
    """Escapes of several answers would be read by nobody."""
    with connected() as both:
        both.then(both.says(b"ho"))
        with pytest.raises(Finding) as finding:
            both.peer.expect_one_of("你好".encode(), "您好".encode())
    assert str(finding.value.expected) == '"你好" or "您好" in UTF-8'


def test_something_is_all_that_has_come() -> None:
    """Whatever the program says is returned."""
    with connected() as both:
        both.then(both.says(b"anything"))
        assert both.peer.expect_something() == b"anything"


def test_what_should_have_come_is_told_where_it_is_known() -> None:
    """Any byte will do, and the finding still says which are missing."""
    with connected() as both:
        both.then(both.closes)
        with pytest.raises(Finding) as finding:
            both.peer.expect_something(message("{data}", data=b"hello"))
    assert str(finding.value.expected) == "b'hello'"


def test_nothing_instead_of_something_is_a_finding() -> None:
    """A program that rests without a word is told as that."""
    with connected() as both, pytest.raises(Finding) as finding:
        both.peer.expect_something()
    assert observed(finding) == "nothing, then it rests"


def test_what_was_heard_is_not_taken() -> None:
    """Who only listens for the first byte leaves it for what is expected next."""
    with connected() as both:
        both.then(both.says(b"hello"))
        both.peer.hear()
        both.peer.expect(b"hello")
        both.peer.hear()


def test_the_end_of_the_stream_is_seen() -> None:
    """FIN with nothing before it is what was expected."""
    with connected() as both:
        both.then(both.finishes)
        both.peer.expect_end()
        assert both.peer.over


def test_bytes_before_the_end_are_a_finding_without_a_deadline() -> None:
    """Unexpected bytes count although the end follows, or never comes."""
    with connected() as both:
        both.script.proved = False
        both.then(both.says(b"more"))
        with pytest.raises(Finding) as finding:
            both.peer.expect_end()
    assert observed(finding) == "b'more' (4 bytes), then it rests"
    assert finding.value.rests_on_deadline is False


def test_a_reset_is_no_end_of_the_stream() -> None:
    """RST instead of FIN is a finding."""
    with connected() as both:
        both.then(both.aborts)
        with pytest.raises(Finding) as finding:
            both.peer.expect_end()
    assert observed(finding) == "nothing, then a reset of the connection (RST)"


def test_a_program_that_keeps_the_connection_open_has_not_ended_it() -> None:
    """Rest without FIN is a finding, and rests on a deadline when it is not proved."""
    with connected() as both:
        both.script.proved = False
        with pytest.raises(Finding) as finding:
            both.peer.expect_end()
    assert observed(finding) == "nothing, then it rests"
    assert finding.value.rests_on_deadline is True


def test_silence_is_what_was_expected_when_nothing_comes() -> None:
    """A program that rests, or has closed, says nothing."""
    with connected() as both:
        both.peer.expect_nothing()
        both.then(both.finishes)
        both.peer.expect_nothing()


def test_a_word_of_its_own_accord_is_a_finding() -> None:
    """What comes before the program rests is told."""
    with connected() as both:
        both.then(lambda: None, both.says(b"welcome"))
        with pytest.raises(Finding) as finding:
            both.peer.expect_nothing()
    assert observed(finding) == "b'welcome' (7 bytes)"


def test_what_is_left_of_an_answer_is_not_nothing() -> None:
    """Bytes behind an answer count as said."""
    with connected() as both:
        both.then(both.says(b"hello!"))
        both.peer.expect(b"hello")
        with pytest.raises(Finding) as finding:
            both.peer.expect_nothing()
    assert observed(finding) == "b'!' (1 byte)"


def test_a_connection_is_open_until_the_program_ends_it() -> None:
    """FIN that has come by now is a finding."""
    with connected() as both:
        both.peer.expect_open()
        both.finishes()
        with pytest.raises(Finding) as finding:
            both.peer.expect_open()
    assert observed(finding) == "nothing, then the end of the stream"


def test_a_long_answer_is_read_whole() -> None:
    """An answer of many pieces is put together, up to its last byte."""
    with connected() as both:
        both.then(*[both.arrives] * 1000)
        both.theirs.sendall(b"x" * 200_000)
        both.theirs.close()
        both.peer.expect(b"x" * 200_000)
        both.peer.expect_end()


@pytest.mark.parametrize("ask", ["received_so_far", "expect_something"])
def test_what_came_between_the_look_and_the_proof_counts(ask: str) -> None:
    """A program may send in the moment before it is seen to rest."""
    with connected() as both:
        both.script.last = both.says(b"just in time")
        assert getattr(both.peer, ask)() == b"just in time"


def test_a_word_just_before_the_proof_is_a_finding() -> None:
    """Silence ends with the proof, not with the last look before it."""
    with connected() as both:
        both.script.last = both.says(b"welcome")
        with pytest.raises(Finding):
            both.peer.expect_nothing()


def test_a_look_at_a_flood_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes faster than it is read keeps nobody from closing."""
    monkeypatch.setattr(stream, "MOST_PIECES", 2)
    monkeypatch.setattr(stream, "PIECE", 10)
    with connected() as both:
        both.says(b"x" * 100)()
        both.peer.look()
        assert len(both.script.transcript.of(Sent)) == 2


def test_all_that_comes_until_rest_is_returned() -> None:
    """Nothing is judged, and nothing is left behind."""
    with connected() as both:
        both.then(both.says(b"one "), both.says(b"two"))
        assert both.peer.received_so_far() == b"one two"
        assert both.peer.received_so_far() == b""


def test_a_program_that_sends_on_and_on_is_not_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More than anybody asked for ends the wait, with a sentence that says so."""
    monkeypatch.setattr(stream, "MOST_UNASKED", 1000)
    with connected() as both:
        both.then(*[both.says(b"x" * 400)] * 50)
        with pytest.raises(Finding) as finding:
            both.peer.expect_end()
        assert both.script.steps
    assert observed(finding).endswith("then more and more without end")


def test_a_program_that_trickles_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little comes each time, a wait has a longest time."""
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    with connected() as both:
        both.then(*[both.says(b"x")] * 50)
        assert both.peer.received_so_far() == b"x"
        assert both.script.steps


def test_every_byte_of_the_program_is_in_the_transcript() -> None:
    """The transcript holds what came, in order, whatever was expected."""
    with connected() as both:
        both.then(both.says(b"one"), both.says(b"two"), both.finishes)
        both.peer.received_so_far()
        sent = both.script.transcript.of(Sent)
    assert b"".join(event.data for event in sent) == b"onetwo"
    assert both.told[-1] == "program finished"


def test_a_peer_knows_both_ends() -> None:
    """``local`` and ``remote`` are what the sockets are bound to."""
    with connected() as both:
        peer: Peer = both.peer
        assert (peer.local, peer.remote) == (both.ours.getsockname(), both.theirs.getsockname())


def test_silence_behind_what_was_taken_is_told_as_no_more() -> None:
    """Nothing yet is expected of a program that was silent, nothing more of one that spoke."""
    for take in (Peer.everything, Peer.expect_something, lambda peer: peer.receive(2)):
        with connected() as both:
            both.then(both.says(b"hi"))
            assert take(both.peer) == b"hi"
            both.then(both.says(b"!"))
            with pytest.raises(Finding) as finding:
                both.peer.expect_nothing()
        assert str(finding.value.expected) == "nothing more"
    with connected() as both:
        assert both.peer.everything() == b""
        both.then(both.says(b"!"))
        with pytest.raises(Finding) as finding:
            both.peer.expect_nothing()
    assert str(finding.value.expected) == "nothing yet"
