"""What a TCP echo server does that goes on after a client has left."""

from __future__ import annotations

from pytest_sockets import Peer, Server, behaviour, message

from .concurrent import test_answers_the_client_that_asked
from .echo import ending, join, say, test_ends_with_the_stream, test_returns_the_same_bytes
from .expectations import expect_no_traceback
from .servers import test_waits_for_a_client_in_accept

MANY = 12
"""Clients that a loop over a few numbers does not serve."""


@behaviour("SRV-01", needs=test_returns_the_same_bytes, source="001 code optimisation, rule 4")
def test_serves_one_client_after_the_other(server: Server) -> None:
    """Serves one client after the other.

    When a client has left, the server goes back to accept and takes the next.

    Hint: while True around accept and, inside it, a loop around recv. A client's
    end breaks the inner loop only (break, not exit), and closes conn, not the
    listening socket.
    """
    for _ in range(server.ease.up_to(MANY, "clients")):
        with join(server) as peer:
            say(peer, server)


CONVERSATIONS = (test_serves_one_client_after_the_other, test_answers_the_client_that_asked)
"""Where conversations are mixed up, one shared variable is the cause to mend first."""


@behaviour("SRV-02",
           needs=(test_serves_one_client_after_the_other, test_waits_for_a_client_in_accept),
           source="001 code optimisation, rule 4")  # fmt: skip
def test_takes_a_leaving_client_calmly(server: Server) -> None:
    """Takes it calmly when a client leaves.

    A client that closes its connection between two messages is nothing
    unusual: no exception, no traceback, and the next client is served.

    Hint: an empty recv is not an error: test for it before you use the data.
    """
    with server.connect() as peer:
        say(peer, server)
    with server.connect() as peer:
        say(peer, server)
    server.expect_running()
    expect_no_traceback(server, message("no error when a client leaves"))


@behaviour("SRV-03", needs=CONVERSATIONS,
           source="001 code optimisation, rule 4")  # fmt: skip
def test_survives_a_reset(server: Server) -> None:
    """Survives a client that aborts its connection.

    A client that crashes, or a closed console on Windows, sends RST instead of
    FIN, and recv raises ConnectionResetError. That ends one conversation, not
    the server.

    Hint: catch ConnectionResetError around the whole conversation, every recv
    and send of it; close that connection and go on with the next client.
    """
    peer = join(server)
    say(peer, server)
    peer.reset()
    _expect_service(server)
    peer = join(server)
    server.expect_taken(peer)
    peer.send(server.digits() + ending(server))
    peer.reset()
    _expect_service(server)


@behaviour(
    "SRV-04",
    level="should",
    needs=test_survives_a_reset,
    source="001 code optimisation, rule 4",
    tutorial="it catches ConnectionResetError at most, and ends with BrokenPipeError",
)
def test_survives_sending_to_nobody(server: Server) -> None:
    """Survives sending to a client that is gone.

    A line for a client that has left is answered with RST, and the send after
    that raises BrokenPipeError. It ends one conversation, not the server.

    Hint: BrokenPipeError and ConnectionResetError both are ConnectionErrors, and
    those are OSErrors: catch the common one.
    """
    peer = join(server)
    server.stop()
    try:
        # Aborted behind its end: what it said is still there to be answered (tcp(7), EPIPE).
        peer.send(server.digits() + ending(server))
        peer.finish()
        peer.reset()
    finally:
        server.go_on()
    _expect_service(server)


def _expect_service(server: Server) -> None:
    server.come_to_rest()
    with join(server) as peer:
        say(peer, server)


@behaviour("SRV-05", needs=CONVERSATIONS,
           source="001 code optimisation; 003 §5")  # fmt: skip
def test_takes_a_silent_visitor_calmly(server: Server) -> None:
    """Takes no harm from a client that connects and leaves without a word.

    The first recv of such a client already returns b"", or raises
    ConnectionResetError when it was aborted. Nothing is known of it yet that
    could be looked up.

    Hint: treat the first recv like any other: test for b"" before using it, and
    catch ConnectionResetError there too. Then go on with the next client.
    """
    for leave in (Peer.close, Peer.reset):
        peer = server.connect()
        server.expect_taken(peer)
        leave(peer)
        _expect_service(server)


@behaviour("SRV-06", needs=CONVERSATIONS, source="003 §5")
def test_keeps_clients_apart(server: Server) -> None:
    """Keeps the data of its clients apart.

    Each client gets what belongs to its own conversation, and nothing that was
    left over from another.

    Hint: start each conversation with empty variables of its own. A list that is
    made before the loop, or as a default argument, belongs to all clients.
    """
    for _ in range(3):
        with server.connect() as peer:
            text = server.digits(10)
            peer.send(text)
            peer.expect(text)
            peer.expect_nothing()


@behaviour("CLS-04", needs=(test_serves_one_client_after_the_other, test_ends_with_the_stream),
           source="003 §5; 000 §3")  # fmt: skip
def test_closes_only_the_one_connection(server: Server) -> None:
    """Closes the connection of the client that left, and only that.

    Closing the socket that accept returned ends one conversation. The
    listening socket goes on, and whoever queues there is served next.

    Hint: close conn when its own client has left; never the listening socket,
    and never a client that only waits for its turn.
    """
    with server.connect() as first:
        say(first, server)
        with server.connect() as second:
            second.expect_nothing()
            first.finish()
            first.expect_end()
            say(second, server)


@behaviour("DAT-09", needs=test_closes_only_the_one_connection, source="003 §2; 003 §2.5")
def test_keeps_what_came_early(server: Server) -> None:
    """Keeps what a waiting client has sent before its turn.

    Bytes that arrive before the server calls recv wait in the receive buffer
    of the connection; they are served later, not lost.

    Hint: call recv when it is the client's turn, and answer all that it returns.
    """
    with server.connect() as first:
        say(first, server)
        with server.connect() as second:
            early = server.digits(20)
            second.send(early)
            server.come_to_rest()
            first.close()
            second.expect(early)
