"""What a TCP server does that serves one client and then ends."""

from __future__ import annotations

from pytest_sockets import Server, behaviour

from .echo import test_ends_with_the_stream, test_returns_the_same_bytes
from .one_answer_servers import ANSWERS
from .servers import contact

CONVERSATION = (test_returns_the_same_bytes, test_ends_with_the_stream, *ANSWERS)
"""What comes before the end: an echo or an answer, as the exercise has it."""


@behaviour("CLS-13", needs=CONVERSATION, source="004 §3; 000 §3; 003 §3.3")
def test_ends_by_itself(server: Server) -> None:
    """Ends by itself, without an error, after its one conversation.

    A one-shot program comes to the end of its script: exit status 0 and no
    traceback.

    Hint: call accept once, outside any loop; after the conversation close both
    sockets and let the script end, without input() and without an endless loop.
    """
    with contact(server) as peer:
        peer.finish()
        peer.received_so_far()
    server.expect_exit()


@behaviour("PRT-11", needs=CONVERSATION, source="000 §3; 004 §3 ChatServer; 003 §3.3")
def test_stops_listening_at_its_end(server: Server) -> None:
    """Listens no more once its one client was served.

    A one-shot server closes its listening socket too, so that further clients
    are refused instead of waiting for nobody.

    Hint: close the listening socket after the conversation.
    """
    with contact(server) as peer:
        peer.finish()
        peer.received_so_far()
    server.expect_refuses()
