"""What programs do with the file of an AF_UNIX socket: it outlives its server.

A path is bound by making a file. Neither close nor the end of the process takes
it away, and bind fails while it is there (unix(7)).
"""

from __future__ import annotations

from pytest_sockets import Finding, UnixClient, UnixServer, behaviour, message

from .clients import test_connects_to_the_socket_file
from .expectations import expect_error_in_words
from .one_shot import test_ends_by_itself
from .servers import contact, test_takes_its_first_client


@behaviour("UNX-01", needs=test_takes_its_first_client,
           source="002 §3 history of sockets; unix(7)")  # fmt: skip
def test_starts_over_a_stale_file(server: UnixServer) -> None:
    """Starts although a killed run has left its socket file behind.

    A server that is killed can't tidy up: its file stays, nobody listens there,
    and bind fails with "Address already in use". SO_REUSEADDR does not help
    here.

    Hint: remove the file before bind: if os.path.exists(path): os.unlink(path).
    """
    for _ in range(2):
        server.expect_taken(server.connect())
        server.kill()
        server.restart()
    server.expect_taken(server.connect())


@behaviour("UNX-02", level="should", needs=test_ends_by_itself,
           source="002 §3 history of sockets; unix(7)")  # fmt: skip
def test_takes_its_file_away(server: UnixServer) -> None:
    """Leaves no socket file behind when it ends.

    close frees the socket, not its name: the file stays until somebody
    removes it, and whoever finds it believes that a server is there.

    Hint: os.unlink(path) after the listening socket was closed.
    """
    with contact(server) as peer:
        peer.finish()
        peer.received_so_far()
    if server.leaves_a_file():
        raise Finding(
            message("no file at the path of the server once it has ended"),
            message("the socket file is still there"),
        )


@behaviour("UNX-03", level="may", needs=test_takes_its_first_client,
           source="002 §3 history of sockets; unix(7)")  # fmt: skip
def test_leaves_a_live_server_alone(server: UnixServer) -> None:
    """Leaves the socket file of a live server alone.

    Started a second time, a server that removes whatever is at its path cuts
    the first one off: that runs on, and nobody can reach it any more. To
    connect first, as a test whether anybody listens, takes the place of the
    one client that a one-shot server serves.

    Hint: let a running server hold a lock (fcntl.flock) on a file beside its
    socket: who gets the lock may remove the socket file.
    """
    server.start()
    if not server.leaves_its_predecessor_alone():
        raise Finding(
            message("the first server keeps its socket file"),
            message("after the second one was started the file is gone, or is another"),
        )


@behaviour("UNX-04", level="should", needs=test_connects_to_the_socket_file,
           source="004 §3 (4); unix(7)")  # fmt: skip
def test_binds_no_file_of_its_own(client: UnixClient) -> None:
    """Can run twice at the same time, and again at once.

    A client of a stream server needs no name. One that binds a file of its own
    can't be started a second time while that is there.

    Hint: no bind() in the client.
    """
    client.accept()
    client.again()
    client.accept()


@behaviour("LIF-15", level="should", needs=test_connects_to_the_socket_file,
           source="002 §4; 002 table of methods; unix(7)")  # fmt: skip
def test_gives_up_without_a_server(client: UnixClient) -> None:
    """Ends with an error when there is no server.

    connect fails at once: with FileNotFoundError when there is no file, with
    ConnectionRefusedError when a killed server has left one. A client that goes
    on as if nothing had happened, or tries for ever, deceives its user.

    Hint: let the exception of connect end the program, or catch OSError, print
    it, and end. connect_ex raises nothing: test what it returns.
    """
    client.start()
    expect_error_in_words(client)
    client.leave_a_stale_file()
    client.start()
    expect_error_in_words(client)
