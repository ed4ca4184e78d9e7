"""Exercise and role are told, named, or observed, in this order."""

from __future__ import annotations

import pytest
from homework import HELLO, HELLO_CLIENT, HELLO_SCRIPT, PERFECT, SHOUT, SUM, UDP_ECHO
from running import Folder

from pytest_sockets import catalogue
from pytest_sockets.assignments import assign_all
from pytest_sockets.behaviours import Role
from pytest_sockets.catalogue import NoSuchExercise
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import BadTarget

ASKS_FIRST = "host = input('host? ')\n" + HELLO_CLIENT
DOES_NOT_COMPILE = HELLO_SCRIPT + "\nwhile True\n"


def assigned(
    spec: str, folder: Folder, runner: Runner, exercise: str | None = None, role: Role | None = None
) -> list[str]:
    """Return exercise and role of what ``spec`` names."""
    found = assign_all([spec], folder=folder.path, runner=runner, exercise=exercise, role=role)
    return [assignment.name for assignment in found]


def problem(
    spec: str, folder: Folder, runner: Runner, exercise: str | None = None, role: Role | None = None
) -> str:
    """Return what is said against ``spec``."""
    with pytest.raises((BadTarget, NoSuchExercise)) as caught:
        assigned(spec, folder, runner, exercise, role)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("tcp_echo_server", "tcp-echo-server"),
        ("tcp-echo-client", "tcp-echo-client"),
        ("TCP_Echo_Server", "tcp-echo-server"),
        ("tcp_echo_loop_server", "tcp-echo-loop-server"),
        ("tcp_echo_server_threads", "tcp-echo-server"),
        ("udp_echo_client_2", "udp-echo-client"),
    ],
)
def test_a_file_that_follows_the_naming_rule_needs_no_option(
    name: str, meant: str, folder: Folder, runner: Runner
) -> None:
    """Exercise and role make the name; what comes behind tells programs apart."""
    folder.write(f"{name}.py", "")
    assert assigned(f"{name}.py", folder, runner) == [meant]


@pytest.mark.parametrize(
    ("spec", "exercise", "meant"),
    [
        ("url.py", None, "url-function"),
        ("URL parser.py", None, "url-function"),
        ("address_bits_2.py", None, "address-bits-function"),
        ("mine", None, "subnet-function"),
        ("mine:subnet", None, "subnet-function"),
        ("mine:parse", "url", "url-function"),
        ("hw.py", "url", "url-function"),
        ("sums.py", "sum.py", "my-sum-function"),
    ],
)
def test_a_function_goes_by_the_name_of_its_exercise(
    spec: str, exercise: str | None, meant: str, folder: Folder, runner: Runner
) -> None:
    """A script, a module or the function of a module; with an exercise by any name."""
    for name in ("url.py", "URL parser.py", "address_bits_2.py", "hw.py", "sums.py"):
        folder.write(name, "")
    folder.write("mine.py", "def subnet(a, b, mask): 0\n\n\ndef parse(address): 0\n")
    folder.write("sum.py", SUM)
    assert assigned(spec, folder, runner, exercise) == [meant]


def test_a_server_is_no_function_whatever_it_serves(folder: Folder, runner: Runner) -> None:
    """Its name says what it is, and an exercise that was told goes before all names."""
    folder.write("url_server.py", HELLO_SCRIPT)
    folder.write("subnet.py", HELLO_SCRIPT)
    assert catalogue.by_name("url_server") is None
    assert assigned("subnet.py", folder, runner, "tcp-hello") == ["tcp-hello-server"]


@pytest.mark.parametrize("spec", ["cmd:./url {host} {port}", "mine:url"])
def test_a_function_is_named_by_its_file_or_module(
    spec: str, folder: Folder, runner: Runner
) -> None:
    """A command holds no function; a module may hold programs and functions."""
    names = "def url(address): 0\n\n\ndef tcp_hello_server(host, port): 0\n"
    folder.write("mine.py", names)
    if spec.startswith("cmd:"):
        said = problem(spec, folder, runner, "url")
        assert "name the Python file or the module that holds the function" in said
    else:
        assert assigned("mine", folder, runner) == ["url-function", "tcp-hello-server"]


def test_every_exercise_and_role_has_a_name_of_its_own() -> None:
    """No name stands for two contracts."""
    names = catalogue.names()
    profiles = [found.profiles for found in catalogue.exercises().values()]
    assert len(names) == sum(role != "pair" for roles in profiles for role in roles)
    assert {catalogue.by_name(name) for name in names} == set(names.values())


def test_a_module_may_hold_many(folder: Folder, runner: Runner) -> None:
    """Each function is graded for what its name says."""
    names = ("tcp_echo_server", "udp_echo_client", "tcp_hello_server")
    folder.write("mine.py", "".join(f"def {name}(host, port): 0\n" for name in names))
    assert assigned("mine", folder, runner) == [name.replace("_", "-") for name in names]


def test_of_a_module_the_exercise_picks_its_own_functions(folder: Folder, runner: Runner) -> None:
    """What is named after other exercises is left alone, also with an exercise of one's own."""
    folder.write("shout.py", SHOUT)
    names = ("tcp_echo_server", "tcp_shout_server")
    folder.write("mine.py", "".join(f"def {name}(host, port): 0\n" for name in names))
    assert assigned("mine", folder, runner, "tcp-echo") == ["tcp-echo-server"]
    assert assigned("mine", folder, runner, "shout.py") == ["tcp-shout-server"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("my_server", "server"),
        ("ChatClient", "client"),
        ("服务器端", "server"),
        ("客户端", "client"),
    ],
)
def test_with_an_exercise_the_name_may_tell_the_role(
    name: str, meant: str, folder: Folder, runner: Runner
) -> None:
    """In English or in Chinese."""
    folder.write(f"{name}.py", "")
    assert assigned(f"{name}.py", folder, runner, "tcp-echo") == [f"tcp-echo-{meant}"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (HELLO_SCRIPT, "server"),
        (HELLO_CLIENT, "client"),
        (ASKS_FIRST, "client"),
        (DOES_NOT_COMPILE, "server"),
    ],
    ids=["listens", "connects", "asks for a line first", "does not compile"],
)
def test_the_role_is_observed(text: str, meant: str, folder: Folder, runner: Runner) -> None:
    """By what the program does; by its text where it does not come so far."""
    folder.write("hw.py", text)
    assert assigned("hw.py", folder, runner, "tcp-hello") == [f"tcp-hello-{meant}"]


def test_the_exercise_is_observed_when_only_one_fits(
    folder: Folder, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one exercise only is about UDP, a UDP server can be meant for no other."""
    folder.write("hw.py", UDP_ECHO)
    few = {name: catalogue.exercises()[name] for name in ("tcp-echo", "tcp-hello", "udp-echo")}
    monkeypatch.setattr(catalogue, "exercises", lambda: few)
    assert assigned("hw.py", folder, runner) == ["udp-echo-server"]


UNIX_SERVER = """\
import socketserver as s
s.UnixStreamServer('/tmp/x', s.BaseRequestHandler).handle_request()
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (UNIX_SERVER, "server"),
        ("import socket\nsocket.socket(socket.AF_UNIX).connect('/tmp/x')\n", "client"),
    ],
)  # fmt: skip
def test_a_program_with_a_socket_file_is_observed(
    text: str, meant: str, folder: Folder, runner: Runner
) -> None:
    """One exercise is about AF_UNIX, so neither its name nor an option is needed."""
    folder.write("hw.py", text)
    assert assigned("hw.py", folder, runner) == [f"unix-echo-{meant}"]
    assert assigned("unix:///tmp/x", folder, runner) == ["unix-echo-server"]


def test_the_role_that_was_told_goes_before_name_and_observation(
    folder: Folder, runner: Runner
) -> None:
    """Whoever says it knows."""
    folder.write("tcp_echo_server.py", "")
    assert assigned("tcp_echo_server.py", folder, runner, None, "client") == ["tcp-echo-client"]
    assert assigned("tcp_echo_server.py", folder, runner, "udp-echo", "client") == [
        "udp-echo-client"
    ]


def test_when_nothing_tells_the_exercise_what_fits_is_listed(
    folder: Folder, runner: Runner
) -> None:
    """The message says what the program was seen to do, and offers nothing else."""
    folder.write("hw.py", PERFECT)
    said = problem("hw.py", folder, runner)
    fitting = [name for name, found in catalogue.exercises().items() if found.transport == "tcp"]
    assert (
        f"hw.py: it listens on a TCP port. Add --exercise NAME ({', '.join(fitting)} fit)" in said
    )


def test_when_nothing_tells_the_role_it_is_asked_for(folder: Folder, runner: Runner) -> None:
    """The message says what the program was seen to do instead."""
    folder.write("hw.py", "print('hi')\n")
    said = problem("hw.py", folder, runner, "tcp-echo")
    assert "the program ended with status 0" in said
    assert "add --role server or --role client" in said


def test_the_same_program_named_twice_is_graded_once(folder: Folder, runner: Runner) -> None:
    """A pattern and a name may overlap."""
    folder.write("tcp_echo_server.py", "")
    specs = ["tcp_echo_server.py", "*.py"]
    assert len(assign_all(specs, folder=folder.path, runner=runner)) == 1


@pytest.mark.parametrize(
    ("spec", "exercise", "role", "told"),
    [
        ("hw.py", "tcp-ech", None, "there is no exercise tcp-ech; there are "),
        ("hw.py", "shout.py", "client", "tcp-shout has no role client; it has server"),
        ("hw.py", "nope.py", None, "there is no file "),
        ("hw.py", "empty.py", None, "defines no exercise: it needs a variable `exercise`"),
        (
            "hw.py",
            "broken.py",
            None,
            "can't be loaded: ZeroDivisionError: division by zero (line 2)",
        ),
        ("hw.py", "leaves.py", None, "can't be loaded: SystemExit: 3 (line 1)"),
        ("udp://127.0.0.1:9", "tcp-echo", None, "for tcp-echo: that is about tcp://"),
        ("tcp://127.0.0.1:9", "tcp-echo", "client", "a program that is reached there is a server"),
        ("unix:///tmp/x", "tcp-echo", None, "for tcp-echo: that is about tcp://"),
        ("hw:serve", "unix-echo", "server", "for unix-echo: it has to take (path) or nothing"),
    ],
)
def test_what_does_not_fit_is_refused_with_one_sentence(
    spec: str, exercise: str, role: Role, told: str, folder: Folder, runner: Runner
) -> None:
    """Each says what there is instead."""
    folder.write("hw.py", HELLO)
    folder.write("shout.py", SHOUT)
    folder.write("empty.py", "")
    folder.write("broken.py", "\n1 / 0\n")
    folder.write("leaves.py", "raise SystemExit(3)\n")
    said = problem(spec, folder, runner, exercise, role)
    assert told in said
    assert "\n" not in said
