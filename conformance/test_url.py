"""url: a function that takes a URL apart.

Write a function url(address) that returns a tuple of seven: scheme, user,
password, host, port, path and query. For
"http://user:passwd@www.google.com/pages/index.html?key1=data1" that is ("http",
"user", "passwd", "www.google.com", 80, "/pages/index.html", "key1=data1"). The
port is a number; where the address names none it is the scheme's own, 80 for
http and 21 for ftp. User, password and query are "" or None where they are
missing. A port outside of 0 to 65535 raises ValueError. The function prints and
asks nothing. Source: tutorial 004, section 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

from pytest_sockets import Exercise, Function, behaviour, profile

EXAMPLE = "http://user:passwd@www.google.com/pages/index.html?key1=data1"
DEFAULTS = {"http": 80, "ftp": 21}
PORT = 4
"""The port's place in the tuple."""
LEAST, MOST = 0, 65535

Parts = tuple[object, ...]


def word(function: Function, count: int = 6) -> str:
    """Return a random word in lower case."""
    return function.letters(count).decode().lower()


def name(function: Function) -> str:
    """Return a random word that ends in capitals."""
    return word(function, 3) + word(function, 3).upper()


def host(function: Function) -> str:
    """Return a random host name."""
    return f"{word(function, 3)}.{word(function)}.org"


def number_address(function: Function) -> str:
    """Return a random IPv4 address, which a host may be named by as well."""
    return ".".join(str(function.chance.randint(1, 254)) for _ in range(4))


def addresses(function: Function) -> Iterator[str]:
    """Yield URLs with all parts, and with each of those left out that may be missing.

    The host has no capitals: they mean the same as small letters, which urlsplit makes of them.
    """
    user = f"{name(function)}:{function.digits(4).decode()}"
    port = function.chance.randint(1024, MOST)
    yield EXAMPLE
    yield f"http://{host(function)}:{port}/{name(function)}/{name(function)}.html"
    yield f"ftp://{user}@{number_address(function)}:{port}/{name(function)}.tar.gz"
    yield f"http://{user}@{host(function)}:{port}/?{name(function)}={name(function)}&page=2"
    yield f"http://{number_address(function)}/{name(function)}/"


def parts(address: str) -> list[Parts]:
    """Return every tuple that is right for ``address``, the one of the contract first.

    A port that the address does not name may be None here: whether the
    default is known is asked by itself.
    """
    split = urlsplit(address)
    ports = (split.port,) if split.port is not None else (DEFAULTS[split.scheme], None)
    return list(
        product(
            (split.scheme,),
            _given(split.username),
            _given(split.password),
            (split.hostname,),
            ports,
            (split.path,),
            _given(split.query),
        )
    )


def _given(text: str | None) -> tuple[str | None, ...]:
    return (text,) if text else ("", None)


@behaviour("ADR-01", source="004 §1; 001 URL")
def test_takes_a_url_apart(function: Function) -> None:
    """Takes a URL apart into its seven parts.

    scheme://user:password@host:port/path?query, where user and password, the
    port and the query may be missing. A colon stands in three places: who
    splits at every ":" takes the password for a port.

    Hint: first split off "://", then what is behind "?", then the path at the
    first "/"; what is left may hold an "@" and, behind that, one ":".
    """
    for address in addresses(function):
        function.expect_any(parts(address), address)


@behaviour("ADR-02", needs=test_takes_a_url_apart, source="004 §1")
def test_knows_the_default_ports(function: Function) -> None:
    """Returns the scheme's own port where the URL names none.

    A connection needs a port in any case. A browser that is given none takes
    the one that everybody knows for the scheme: 80 for http, 21 for ftp.

    Hint: {"http": 80, "ftp": 21}[scheme] where there is no ":" behind the host.
    """
    for scheme, port in DEFAULTS.items():
        function.expect_item(PORT, port, f"{scheme}://{host(function)}/{word(function)}.html")


@behaviour("ADR-03", needs=test_takes_a_url_apart, source="004 §1; 001 ports")
def test_refuses_ports_out_of_range(function: Function) -> None:
    """Raises ValueError for a port outside of 0 to 65535.

    TCP and UDP keep a port in 16 bits. A larger number fits in no packet, so
    there can be no such port; 0 and 65535 themselves are numbers of 16 bits.

    Hint: if not 0 <= port <= 65535: raise ValueError(port).
    """
    for port in (LEAST, MOST):
        function.expect_item(PORT, port, _with_port(function, port))
    for port in (MOST + 1, function.chance.randint(MOST + 2, 99999), LEAST - 1):
        function.expect_raises(ValueError, _with_port(function, port))


def _with_port(function: Function, port: int) -> str:
    return f"http://{host(function)}:{port}/{word(function)}.html"


@behaviour("ADR-10", level="may", needs=test_takes_a_url_apart, source="RFC 3986 §3.3, §3.4")
def test_leaves_path_and_query_alone(function: Function) -> None:
    """Leaves ":", "@" and "/" in the query alone.

    Behind the "?" these characters have no meaning of their own. A search page
    that is given another URL, or an e-mail address, is an everyday thing.

    Hint: split at the first "?" before you look for "@" and ":".
    """
    query = f"next=http://{host(function)}/{word(function)}&mail={word(function)}@{host(function)}"
    address = f"http://{host(function)}/{word(function)}?{query}"
    function.expect_any(parts(address), address)


function = profile(
    basic={
        test_takes_a_url_apart: 50,
        test_knows_the_default_ports: 25,
        test_refuses_ports_out_of_range: 25,
    },
    info=(test_leaves_path_and_query_alone,),
    one_shot=False,
    parameters="address",
)

exercise = Exercise(
    name="url",
    system="S22",
    transport="none",
    contract=__doc__ or "",
    profiles={"function": function},
)
