r"""tcp-socketserver: a line echo server for several clients at once, with socketserver.

The client speaks first. A message is a line that ends in a newline (b"\n").
Each line comes back whole, newline included, when it is complete and not
before, however it arrives: in pieces, or several lines together. A connection
ends when its client has finished; the server then closes it and goes on. It
serves several clients at the same time and never ends by itself: a
socketserver.ThreadingTCPServer with a StreamRequestHandler does all that.
Source: the title in the contents of tutorial 002 (eight, the module
socketserver), which has no text; the documentation of socketserver.
"""

from __future__ import annotations

from pytest_sockets import Coalesce, Exercise, Fragment, Server, behaviour, message, profile

from .shared import echo
from .shared.concurrent import (
    test_answers_the_client_that_asked,
    test_lets_no_client_harm_another,
    test_serves_several_clients_at_once,
)
from .shared.echo import (
    test_ends_with_the_stream,
    test_returns_a_long_message_whole,
    test_returns_every_message,
    test_returns_the_same_bytes,
)
from .shared.lasting import (
    test_serves_one_client_after_the_other,
    test_survives_a_reset,
    test_takes_a_silent_visitor_calmly,
)
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)


@behaviour("SSV-02", needs=test_returns_every_message,
           source="StreamRequestHandler in the documentation; 001 sticky packets")  # fmt: skip
def test_answers_whole_lines(server: Server) -> None:
    """Answers a line when its newline is there, and not before.

    TCP is a stream of bytes: half a line may come first, or two lines at once,
    or every byte alone, which also cuts Chinese characters. Only the newline
    tells where a message ends.

    Hint: derive from StreamRequestHandler: for line in self.rfile:
    self.wfile.write(line).
    """
    first, second = server.digits(), server.digits()
    with server.connect() as peer:
        peer.send(first)
        peer.expect_nothing()
        peer.send(b"\n" + second)
        peer.expect(first + b"\n")
        peer.expect_nothing()
        peer.send(b"\n")
        peer.expect(second + b"\n")
        peer.send(b"\n")
        peer.expect(b"\n")
    server.start_afresh()
    lines = f"{server.chinese(4)}\n{server.digits(3).decode()}\n".encode()
    with server.connect(server.ease.in_pieces(Fragment(size=1))) as peer:
        peer.send(lines)
        peer.expect(lines)


@behaviour("SSV-03", needs=test_returns_every_message,
           source="StreamRequestHandler in the documentation; 001 sticky packets")  # fmt: skip
def test_answers_lines_that_arrive_together(server: Server) -> None:
    """Answers each of several lines that arrive together.

    A client need not wait for an answer before it sends the next line. One recv
    then returns several lines.

    Hint: readline returns one line at a time, and keeps the rest for later.
    """
    lines = [server.digits(5) + b"\n" for _ in range(server.ease.up_to(3, "messages"))]
    with server.connect(Coalesce()) as peer:
        peer.send(*lines)
        peer.expect(b"".join(lines))
        peer.expect_nothing()


@behaviour("SSV-01", needs=(test_serves_several_clients_at_once, test_answers_whole_lines),
           source="002 contents, 八; socketserver in the documentation")  # fmt: skip
def test_has_a_handler_for_each_connection(server: Server) -> None:
    """Has one handler for each connection, with variables of its own.

    socketserver makes a new handler object for every client. What one client
    has begun to say does not mix with what another says.

    Hint: keep what belongs to a client in self or in local variables of
    handle, never in the class, in the server, or in a global variable.
    """
    halves = [(server.digits(), server.digits()) for _ in range(3)]
    peers = [server.connect() for _ in halves]
    for peer, (begin, _) in zip(peers, halves, strict=True):
        peer.send(begin)
        server.come_to_rest()
    for peer, (_, rest) in zip(peers, halves, strict=True):
        peer.send(rest + b"\n")
    for peer, (begin, rest) in zip(peers, halves, strict=True):
        peer.expect(begin + rest + b"\n")


HINTS = {
    test_listens_on_its_address: message(
        "ThreadingTCPServer((host, port), MyServer) binds and listens by itself. With "
        "bind_and_activate=False call server_bind() and then server_activate()."
    ),
    test_takes_its_first_client: message(
        "call serve_forever() directly after the server was made: it accepts the clients."
    ),
    test_waits_for_a_client_in_accept: message(
        "serve_forever() waits as long as it takes; handle_request() with a timeout gives up."
    ),
    test_returns_the_same_bytes: message(
        "self.wfile.write(line) with the line as readline returned it, newline included."
    ),
    test_returns_every_message: message(
        "for line in self.rfile, inside handle: when handle returns, the connection is closed."
    ),
    test_ends_with_the_stream: message(
        'when readline returns b"", return from handle: socketserver then closes the connection.'
    ),
    test_serves_one_client_after_the_other: message(
        "serve_forever(), not one handle_request(); and handle returns, but never ends the process."
    ),
    test_serves_several_clients_at_once: message(
        "ThreadingTCPServer instead of TCPServer. In a class of your own ThreadingMixIn comes "
        "first: class S(ThreadingMixIn, TCPServer). Nothing of a client is kept in the server."
    ),
    test_answers_the_client_that_asked: message(
        "use self.request, self.rfile and self.wfile: they belong to this client. A host alone "
        "does not tell clients apart, only host and port do."
    ),
    test_restarts_at_once: message(
        "ThreadingTCPServer.allow_reuse_address = True before the server is made: its constructor "
        "binds."
    ),
    test_sets_the_option_before_bind: message(
        "the order is: allow_reuse_address = True in the class, then ThreadingTCPServer(…)."
    ),
    test_returns_a_long_message_whole: message(
        "readline() without a number returns the whole line; what one recv returned is no line."
    ),
    test_survives_a_reset: message(
        "catch ConnectionError in handle and return; do not end the process there."
    ),
    test_takes_a_silent_visitor_calmly: message(
        'readline returns b"" at once here: handle has to work without a single line too.'
    ),
    test_lets_no_client_harm_another: message(
        "catch errors inside handle and return: only this one connection ends."
    ),
}
"""What is called otherwise with socketserver."""

server = profile(
    basic={
        test_listens_on_its_address: 4,
        test_takes_its_first_client: 4,
        test_waits_for_a_client_in_accept: 2,
        test_returns_the_same_bytes: 10,
        test_returns_every_message: 8,
        test_answers_whole_lines: 8,
        test_answers_lines_that_arrive_together: 4,
        test_ends_with_the_stream: 4,
        test_serves_one_client_after_the_other: 6,
        test_serves_several_clients_at_once: 18,
        test_answers_the_client_that_asked: 8,
        test_has_a_handler_for_each_connection: 6,
    },
    robust={
        test_restarts_at_once: 8,
        test_sets_the_option_before_bind: 0,
        test_returns_a_long_message_whole: 3,
        test_survives_a_reset: 3,
        test_takes_a_silent_visitor_calmly: 2,
        test_lets_no_client_harm_another: 2,
    },
    one_shot=False,
    hints=HINTS,
    contact=echo.contact,
    ending=b"\n",
)

exercise = Exercise(
    name="tcp-socketserver",
    system="S19",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server},
)
