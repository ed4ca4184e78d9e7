"""What a TCP echo server does that serves several clients at the same time."""

from __future__ import annotations

from pytest_sockets import Peer, Server, behaviour

from .echo import ending, say, test_returns_every_message

OTHERS = 4
"""Clients that are served beside one that is silent: a ThreadPoolExecutor() has room for five."""

ROUNDS = 3
"""How often clients speak at the same time."""


def _say_at_once(peers: list[Peer], server: Server) -> None:
    """Let each say something before the first is answered, and expect it back."""
    said = [(peer, server.digits() + ending(server)) for peer in peers]
    for peer, text in said:
        peer.send(text)
    for peer, text in said:
        peer.expect(text)


@behaviour("SRV-07", needs=test_returns_every_message, source="003 §3.3; 003 §4.3")
def test_serves_several_clients_at_once(server: Server) -> None:
    """Serves several clients at the same time.

    A client that is connected and silent must not keep the others waiting.

    Hint: give each connection a thread of its own: Thread(target=handle,
    args=(conn,)), without calling handle yourself and without join in the loop.
    Answer on the connection that the bytes came from.
    """
    with server.connect() as silent:
        server.expect_taken(silent)
        # A server that takes one client only may be about to close its listener.
        server.come_to_rest()
        others = [server.connect() for _ in range(OTHERS)]
        for other in others:
            say(other, server)
        say(silent, server)


@behaviour("SRV-08", needs=test_serves_several_clients_at_once, source="003 §5")
def test_answers_the_client_that_asked(server: Server) -> None:
    """Answers the client that asked, also after others have come.

    With one shared variable for the connection, a client that comes later
    takes over the conversation of the earlier ones.

    Hint: pass the connection to the thread as an argument, and use only that: no
    global variable, and no table by IP address, which clients may share.
    """
    with server.connect() as first:
        say(first, server)
        with server.connect() as second:
            say(second, server)
            for peer in (first, second, first, first, second):
                say(peer, server)
            for _ in range(ROUNDS):
                _say_at_once([second, first], server)


@behaviour("SRV-09", needs=test_answers_the_client_that_asked,
           source="001 code optimisation; 003 §5")  # fmt: skip
def test_lets_no_client_harm_another(server: Server) -> None:
    """Lets no leaving or crashing client harm another.

    One client closes, one aborts: the third still gets its answers, and so
    does one that comes later.

    Hint: catch the errors of a conversation inside its own thread. Its end closes
    its own connection: not the others, and not the program.
    """
    stays, leaves, aborts = (server.connect() for _ in range(3))
    for peer in (stays, leaves, aborts):
        say(peer, server)
    leaves.close()
    server.come_to_rest()
    say(stays, server)
    aborts.reset()
    server.come_to_rest()
    say(stays, server)
    with server.connect() as newcomer:
        say(newcomer, server)
    say(stays, server)
