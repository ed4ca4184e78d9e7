"""What every TCP client of the tutorials has in common, and clients fed from the keyboard."""

from __future__ import annotations

from pytest_sockets import Blocked, Client, Finding, Peer, behaviour, message

from .expectations import expect_error_in_words


def begin(client: Client) -> Peer:
    """Accept the client and, if it waits for the keyboard, type a first line of digits."""
    peer = client.accept()
    if client.profile.facts.get("keyboard"):
        client.type(client.digits().decode())
    return peer


@behaviour("LIF-12", source="000 §3 client; 003 §5; 004 §3 (4)")
def test_connects_to_the_server(client: Client) -> None:
    """Connects to the server.

    The client takes the first step: it calls connect with the server's
    address, one tuple of host and port.

    Hint: sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM), then
    sock.connect((host, port)), before anything is sent.
    """
    client.accept()


@behaviour("LIF-12", source="004 §3 (1) and (4); 002 §3 history of sockets")
def test_connects_to_the_socket_file(client: Client) -> None:
    """Connects to the server through its socket file.

    The client takes the first step: it calls connect with the server's path,
    one string. There is neither host nor port.

    Hint: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), then connect(path),
    before anything is sent.
    """
    client.accept()


CONNECTS = (test_connects_to_the_server, test_connects_to_the_socket_file)
"""What comes before everything else: one of the two, as the exercise has it."""


@behaviour("LIF-13", level="should", needs=test_connects_to_the_server, source="003 §5; 001 ports")
def test_leaves_its_own_port_to_the_system(client: Client) -> None:
    """Leaves its own port to the system.

    A client does not bind: the system gives it a free port, so that it can run
    twice at the same time and again at once.

    Hint: no bind() in the client.
    """
    client.accept()
    client.again()
    try:
        client.accept()
    except Finding as finding:
        raise finding from None


@behaviour("LIF-15", level="should", needs=test_connects_to_the_server,
           source="002 §4; 002 table of methods")  # fmt: skip
def test_gives_up_without_a_server(client: Client) -> None:
    """Ends with an error when there is no server.

    connect fails at once with ConnectionRefusedError. A client that goes on as
    if nothing had happened, or tries for ever, deceives its user.

    Hint: let the exception of connect end the program, or catch it, print it, and
    end. connect_ex raises nothing: test what it returns.
    """
    client.start()
    expect_error_in_words(client)


@behaviour("DAT-01", needs=CONNECTS, source="002 §4; 003 §3.4")
def test_sends_bytes(client: Client) -> None:
    """Sends bytes, not text.

    Only bytes go through a socket: send("…") is a TypeError.

    Hint: text.encode() before send, or a b"…" literal.
    """
    peer = client.accept()
    keyboard = client.profile.facts.get("keyboard")
    if keyboard and client.asks():
        client.type(client.digits().decode())
    if peer.received_so_far():
        return
    error = client.crash()
    if error is None or not error.startswith("TypeError"):
        raise Blocked(test_speaks_first)
    raise Finding(message("bytes are sent"), message("the program crashed: {error}", error=error))


@behaviour("XCH-04", needs=(*CONNECTS, test_sends_bytes),
           source="000 §3 client; 003 §4.1")  # fmt: skip
def test_speaks_first(client: Client) -> None:
    """Speaks first, without waiting for the server.

    In this exercise the server says nothing before it has heard something. A
    client that begins with recv waits for ever, and so does the server.

    Hint: connect once, then send, then recv, all with the same socket.
    """
    begin(client).expect_something()
