"""What every TCP server of the tutorials has in common, whatever it says.

``server.profile.facts["contact"]`` takes a peer and the server and says just
enough for the server to be in conversation; it judges nothing.
"""

from __future__ import annotations

from pytest_sockets import Peer, Server, behaviour, restart_while_lingering

WITHOUT_OPTION = "its servers in 001 and 004, and the first versions in 000 and 002, don't set it"


def contact(server: Server) -> Peer:
    """Connect a client and let it begin the exercise's conversation."""
    peer = server.connect()
    server.profile.facts["contact"](peer, server)
    return peer


@behaviour("LIF-02", source="003 §5; 004 §3 (2)")
def test_listens_on_its_address(server: Server) -> None:
    """Listens on the address it was told to use.

    A client has to know host and port beforehand, so a server binds a fixed
    address and then listens there. Without bind the system chooses a port
    that nobody knows.

    Hint: call bind((host, port)) with one tuple, then listen(), before accept().
    """
    server.expect_there()


@behaviour("LIF-02", source="004 §3 (1) and (2); 002 §3 history of sockets")
def test_listens_on_its_socket_file(server: Server) -> None:
    """Listens on the socket file it was told to use.

    With AF_UNIX the address is a path, one string: bind makes a file there,
    and clients have to know its name. There is neither host nor port.

    Hint: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), then bind(path) and
    listen(), before accept().
    """
    server.start()


LISTENS = (test_listens_on_its_address, test_listens_on_its_socket_file)
"""What comes before everything else: one of the two, as the exercise has it."""


@behaviour("LIF-03", needs=LISTENS, source="003 §3.1; 004 §3")
def test_takes_its_first_client(server: Server) -> None:
    """Takes its first client.

    create, bind, listen, accept: in this order. Without accept a client is
    connected by the system and then waits in the queue for ever.

    Hint: conn, addr = sock.accept() directly behind listen(), with no input()
    between them; then use conn to talk to the client.
    """
    server.expect_taken(server.connect())


@behaviour("LIF-04", needs=test_takes_its_first_client, source="004 §3 (4); 003 §3.3")
def test_waits_for_a_client_in_accept(server: Server) -> None:
    """Waits patiently for a client.

    accept blocks until a client comes. A server without a client neither ends
    nor fails nor keeps the processor busy.

    Hint: leave the listening socket blocking: no settimeout(), no
    setblocking(False). If you set a timeout, catch it and call accept again.
    """
    server.start()
    server.expect_running()
    server.expect_taken(server.connect())


@behaviour("PRT-03", needs=test_takes_its_first_client, source="000 §3; 002 §4; 003 §3",
           tutorial=WITHOUT_OPTION)  # fmt: skip
def test_restarts_at_once(server: Server) -> None:
    """Can be started again on the same port at once.

    When the server's side closes a connection first, the port stays in
    TIME_WAIT for about a minute (RFC 9293 §3.6.1), and bind fails with
    "Address already in use" unless SO_REUSEADDR was set before it.

    Hint: before bind, on the listening socket:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1). In a server class
    of socketserver: allow_reuse_address = True.
    """
    restart_while_lingering(server, _taken, _taken, _taken)
    server.expect_taken(server.connect())


def _taken(server: Server) -> Peer:
    peer = server.connect()
    server.expect_taken(peer)
    return peer


@behaviour("PRT-04", needs=test_takes_its_first_client, source="000 §3; 002 §4",
           tutorial=WITHOUT_OPTION)  # fmt: skip
def test_sets_the_option_before_bind(server: Server) -> None:
    """Sets SO_REUSEADDR before bind, so that it comes back again and again.

    bind is the call that fails while an old connection lingers, so an option
    that is set after it, on the accepted socket, or to 0, does not help.

    Hint: the order is socket(), setsockopt(), bind(), listen().
    """
    for _ in range(2):
        restart_while_lingering(server, contact, _taken, _taken)
