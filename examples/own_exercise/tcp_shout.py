"""tcp-shout: the server answers every line in capitals.

The client sends lines, each with a newline at its end. The server answers each
line at once, in capitals, newline included, until the client has finished; then
it closes the connection and ends. Only ASCII is sent.
"""

from pytest_sockets.conformance.shared.one_shot import test_ends_by_itself
from pytest_sockets.conformance.shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_takes_its_first_client,
)

from pytest_sockets import Exercise, Fragment, Server, behaviour, profile


def contact(peer, server):
    """Say just enough to be in conversation; shared behaviours use it."""
    peer.send(server.letters() + b"\n")
    peer.hear()


@behaviour("OWN-01", needs=test_takes_its_first_client, source="lecture 3")
def test_shouts(server: Server) -> None:
    """Answers a line in capitals.

    What was said is to be recognised: only the case of the letters changes.

    Hint: conn.sendall(line.upper())
    """
    line = server.letters() + b"\n"
    with server.connect() as peer:
        peer.send(line)
        peer.expect(line.upper())


@behaviour("OWN-02", needs=test_shouts, source="lecture 3")
def test_waits_for_the_end_of_the_line(server: Server) -> None:
    """Answers a line as a whole, also when it comes in pieces.

    TCP keeps no borders: a line may need several recv, and it ends with its newline.

    Hint: for line in conn.makefile("rb"): ...
    """
    line = server.letters() + b"\n"
    with server.connect(Fragment(size=1)) as peer:
        peer.send(line[:-1])
        peer.expect_nothing()
        peer.send(line[-1:])
        peer.expect(line.upper())


exercise = Exercise(
    name="tcp-shout",
    system="own",
    transport="tcp",
    contract=__doc__,
    profiles={
        "server": profile(
            basic={
                test_listens_on_its_address: 10,
                test_takes_its_first_client: 10,
                test_shouts: 40,
                test_waits_for_the_end_of_the_line: 20,
                test_ends_by_itself: 10,
            },
            robust={test_restarts_at_once: 10},
            one_shot=True,
            contact=contact,
        )
    },
)
