"""What ``--target`` names is read from files, never by running or importing them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from running import Folder

from pytest_sockets.targets import BadTarget, Target, find, to_call

BOTH = ("tcp_echo_server", "tcp_echo_client")
LEAVES_A_TRACE = "open('imported', 'w')\n"


def one(spec: str, folder: Folder, functions: tuple[str, ...] = ()) -> Target:
    """Return the only target that ``spec`` names."""
    (target,) = find(spec, folder=folder.path, functions=functions)
    return target


def problem(spec: str, folder: Folder) -> str:
    """Return what is said against ``spec``."""
    with pytest.raises(BadTarget) as caught:
        find(spec, folder=folder.path, functions=BOTH)
    return str(caught.value)


@pytest.mark.parametrize("name", ["server.py", "hw/server.py", "我的 作业/服务器 1.py", "a[1].py"])
def test_a_script_is_named_by_its_path(name: str, folder: Folder) -> None:
    """Nested or not, with blanks, Chinese characters or brackets."""
    path = folder.write(name, "")
    target = one(name, folder)
    assert (target.kind, target.path, target.root) == ("script", path, path.parent)
    assert (target.name, target.told) == (path.stem, False)


@pytest.mark.parametrize(
    ("spec", "name", "arguments", "told"),
    [
        ("chat.py server", "chat.py", ("server",), False),
        ("chat.py -p {port}", "chat.py", ("-p", "{port}"), True),
        ("'my chat.py' {host}", "my chat.py", ("{host}",), True),
        ("chat.py 'two words'", "chat.py", ("two words",), False),
        ("chat.py {port}.py", "chat.py {port}.py", (), False),
    ],
)
def test_arguments_stand_behind_the_path_of_a_script(
    spec: str, name: str, arguments: tuple[str, ...], told: bool, folder: Folder
) -> None:
    """As in a shell, unless a file has the whole as its name; a placeholder tells the address."""
    path = folder.write(name, "")
    target = one(spec, folder)
    assert (target.kind, target.path, target.spec) == ("script", path, spec)
    assert (target.arguments, target.told) == (arguments, told)


@pytest.mark.parametrize("spec", ["chat.py ", "cmd:node chat.js ", ""])
def test_a_command_line_is_bounded(spec: str, folder: Folder) -> None:
    """Nobody reads the words of one that no system would take."""
    folder.write("chat.py", "")
    said = f"a command line has at most 131072 characters, not {len(spec) + 200_000}"
    assert problem(spec + "x" * 200_000, folder).startswith(said)


def test_a_script_with_arguments_has_to_exist(folder: Folder) -> None:
    """It is named with all that was written."""
    assert "chat.py server" in problem("chat.py server", folder)


def test_a_module_is_found_without_importing_it(folder: Folder) -> None:
    """Its file is found beside pytest, and nothing in it runs."""
    path = folder.write("mine.py", LEAVES_A_TRACE)
    target = one("mine", folder)
    assert (target.kind, target.module, target.path) == ("script", "mine", path)
    assert not (folder.path / "imported").exists()


def test_a_module_in_a_package_is_imported_from_the_folder_above(folder: Folder) -> None:
    """The package is not imported either, with or without its __init__.py."""
    folder.write("pkg/__init__.py", LEAVES_A_TRACE)
    for name in ("pkg", "plain"):
        path = folder.write(f"{name}/mod.py", "")
        target = one(f"{name}.mod", folder)
        assert (target.module, target.root, target.path) == (f"{name}.mod", folder.path, path)
    assert not (folder.path / "imported").exists()


def test_folders_without_init_are_packages_as_deep_as_they_are(folder: Folder) -> None:
    """Python takes them for namespaces, and asks a parent that nobody has imported."""
    path = folder.write("term/week/server.py", LEAVES_A_TRACE)
    target = one("term.week.server", folder)
    assert (target.path, target.root) == (path, folder.path)


def test_a_package_is_run_by_its_main(folder: Folder) -> None:
    """As ``python -m`` does; without __main__.py it can't be run."""
    folder.write("pkg/__init__.py", "")
    assert "pkg is a package without __main__.py" in problem("pkg", folder)
    path = folder.write("pkg/__main__.py", "")
    target = one("pkg", folder)
    assert (target.module, target.path) == ("pkg.__main__", path)


def test_a_module_stands_for_its_functions_that_follow_the_naming_rule(folder: Folder) -> None:
    """Each is a target of its own; other functions are left alone."""
    folder.write("mine.py", "".join(f"def {name}(host, port): 0\n" for name in (*BOTH, "other")))
    found = find("mine", folder=folder.path, functions=BOTH)
    assert [target.spec for target in found] == [f"mine:{name}" for name in BOTH]
    assert all(target.kind == "function" and target.told for target in found)


@pytest.mark.parametrize(
    ("parameters", "takes"),
    [
        ("", ()),
        ("port", ("port",)),
        ("address", ("address",)),
        ("host, port", ("host", "port")),
        ("h, p", ("host", "port")),
        ("port, host", ("port", "host")),
        ("host='127.0.0.1', port=8000", ("host", "port")),
        ("host, port, backlog=5", ("host", "port")),
        ("backlog=5", ()),
        ("port, *rest, verbose=False, **more", ("port",)),
    ],
)
def test_a_function_is_given_what_it_asks_for(
    parameters: str, takes: tuple[str, ...], folder: Folder
) -> None:
    """Host and port by place or by name; what has a default of another kind keeps it."""
    folder.write("mine.py", f"def serve({parameters}): 0\n")
    assert one("mine:serve", folder).takes == takes


@pytest.mark.parametrize(
    "definition",
    ["def serve(a, b, c): 0", "def serve(*, host, port): 0", "async def serve(host, port): 0"],
)
def test_a_function_that_cannot_be_called_is_refused(definition: str, folder: Folder) -> None:
    """The message says what it has to take."""
    folder.write("mine.py", definition)
    assert "mine:serve can't be graded: it" in problem("mine:serve", folder)


def test_a_function_that_is_called_may_take_anything(folder: Folder) -> None:
    """What it takes is seen when it is called; it is told no address."""
    folder.write("mine.py", "def url(a, b, c, *, d): 0\n")
    (target,) = find("mine", folder=folder.path, functions=["url"], called=["url"])
    assert (target.spec, target.kind, target.function, target.told) == (
        "mine:url",
        "call",
        "url",
        False,
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("def url(address): 0\n", "url"),
        ("def parse(address): 0\ndef main(): 0\n", "parse"),
        ("def parse(address): 0\ndef show(parts): 0\n", "url"),
        ("url = print\n", "url"),
        ("def url(address)\n", "url"),
        ("def part(text): 0\nurl = lambda address: part(address)\n", "url"),
        ("from parsing import url\ndef show(parts): 0\n", "url"),
        ("import parsing as url\ndef show(parts): 0\n", "url"),
        ("class url: 0\ndef show(parts): 0\n", "url"),
        ("def show(parts): 0\nif show:\n    def url(address): 0\n", "url"),
        ("def parse(address):\n    url = 0\n", "parse"),
        ("def parse(address): 0\ndef _part(text): 0\ndef main(words): 0\n", "parse"),
        ("def main(address): 0\n", "main"),
    ],
    ids=[
        "named",
        "the only one with parameters",
        "several",
        "no definition",
        "does not compile",
        "assigned",
        "imported",
        "imported as",
        "a class",
        "in an if",
        "a name inside",
        "helpers",
        "main alone",
    ],
)
def test_the_function_of_a_script_is_told_by_its_name(
    text: str, meant: str, folder: Folder
) -> None:
    """Or it is the only one that takes something."""
    folder.write("hw.py", text)
    called = to_call(one("hw.py", folder), "url")
    assert (called.kind, called.function) == ("call", meant)


def test_a_function_of_a_file_that_does_not_compile_is_a_target(folder: Folder) -> None:
    """It is graded, and scores zero with its SyntaxError shown."""
    folder.write("mine.py", "def serve(host, port)\n    pass\n")
    assert one("mine:serve", folder).function == "serve"


def test_a_command_is_split_as_a_shell_splits_it(folder: Folder) -> None:
    """Quotes hold words together; the file's name may tell the exercise."""
    target = one("cmd:node 'my server/tcp_echo_server.js' {host} {port}", folder)
    assert target.command == ("node", "my server/tcp_echo_server.js", "{host}", "{port}")
    assert (target.kind, target.name, target.told) == ("command", "tcp_echo_server", True)


@pytest.mark.parametrize("place", ["{host}", "{port}", "{path}", "--at={path}"])
def test_any_placeholder_tells_a_command_its_address(place: str, folder: Folder) -> None:
    """Host and port, or the path of a socket file."""
    assert one(f"cmd:./server {place}", folder).told


def test_a_command_without_placeholders_is_not_told_its_address(folder: Folder) -> None:
    """It then needs a network of its own."""
    assert not one("cmd:./server", folder).told


@pytest.mark.parametrize(
    ("spec", "scheme", "address"),
    [
        ("tcp://127.0.0.1:9000", "tcp", ("127.0.0.1", 9000)),
        ("udp://[::1]:53", "udp", ("::1", 53)),
        ("unix:///run/echo.sock", "unix", ("/run/echo.sock", 0)),
    ],
)
def test_an_address_names_a_server_that_runs(
    spec: str, scheme: str, address: tuple[str, int], folder: Folder
) -> None:
    """Scheme, host and port, or a path."""
    target = one(spec, folder)
    assert (target.kind, target.scheme, target.address) == ("address", scheme, address)


def test_a_pattern_names_the_scripts_that_match(folder: Folder) -> None:
    """In alphabetical order; what is no script, or no program, is left out."""
    for name in ("b/server.py", "a/server.py", "a/server.txt", "a/conftest.py", "a/__init__.py"):
        folder.write(name, "")
    found = find("*/*", folder=folder.path)
    assert [target.spec for target in found] == ["a/server.py", "b/server.py"]


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("nope.py", "nope.py does not exist in "),
        ("hw/nope", "hw/nope does not exist in "),
        ("", "--target needs the name of a program"),
        ("sub", "sub is a folder: name the program in it, such as sub"),
        ("notes.txt", "notes.txt is no Python script"),
        ("binary.py", "binary.py is no text file: it holds binary data"),
        ("*.c", "no Python script matches *.c in "),
        ("nomodule", "there is no module nomodule in "),
        ("no module", "no module is neither a file in "),
        ("good.py:serve", "a function is named by its module, without .py: good:serve"),
        ("good:nope", "the module has no such function at its top level; it has serve"),
        ("cmd:", "cmd: needs a command"),
        ("cmd:node 'x", "the command can't be read: No closing quotation"),
        ("tcp://127.0.0.1", "needs a host and a port, such as tcp://127.0.0.1:9000"),
        ("unix://", "unix:// needs a path, such as unix:///tmp/echo.sock"),
        ("tcp://127.0.0.1:99999", "is no address: Port out of range"),
        ("http://127.0.0.1:80", "http:// can't be graded; there are tcp://, udp://, unix://"),
        ("x" * 5000, "there is no module"),
    ],
)
def test_what_is_no_target_is_refused_with_one_sentence(
    spec: str, told: str, folder: Folder
) -> None:
    """The sentence says what is wrong and what would be right."""
    folder.write("good.py", "def serve(): 0\n")
    folder.write("sub/server.py", "")
    folder.write("notes.txt", "")
    folder.write("binary.py", b"\x7fELF\0\0")
    said = problem(spec, folder)
    assert told in said
    assert "\n" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_refused_without_waiting_for_its_writer(folder: Folder) -> None:
    """Reading it would block for ever."""
    os.mkfifo(folder.path / "pipe.py")
    assert problem("pipe.py", folder) == "pipe.py is no file that holds a program"


def test_the_folder_comes_before_what_is_installed(folder: Folder) -> None:
    """A student's own socket.py is the one that is meant."""
    path = folder.write("socket.py", "")
    assert one("socket", folder).path == Path(path)
