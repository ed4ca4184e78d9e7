"""What correct programs do is not in the way of containment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pytest_sockets.catalogue import exercises
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome
from pytest_sockets.targets import find

from .steps import Stage, said

SERVER = (
    (Path(__file__).parents[2] / "reference" / "tcp_echo_server.py")
    .read_text("utf-8")
    .replace("import socket\n", "import socket\nimport sys\n\nfrom reading import SIZE\n", 1)
    .replace('("127.0.0.1", 8000)', "(sys.argv[1], int(sys.argv[2]))")
    .replace("4096", "SIZE")
)

HONEST = {
    "multiprocessing": """
import multiprocessing

def double(queue):
    queue.put(42)

queue = multiprocessing.get_context("fork").Queue()
child = multiprocessing.get_context("fork").Process(target=double, args=(queue,))
child.start()
print(queue.get())
child.join()
""",
    "subprocess": """
import subprocess, sys
print(subprocess.run([sys.executable, "-c", "print(42)"], capture_output=True, text=True).stdout)
""",
    "shell": "import subprocess\nprint(subprocess.check_output('echo 42', shell=True, text=True))",
    "asyncio": """
import asyncio
async def main():
    process = await asyncio.create_subprocess_shell("echo 42", stdout=-1)
    print((await process.communicate())[0].decode())
asyncio.run(main())
""",
    "names": """
import socket
print(42 if socket.getaddrinfo("localhost", 80) and socket.gethostname() else 0)
""",
    "time-zones": """
import datetime, time
print(42 if time.strftime("%z") == "+0800" else time.strftime("%z"))
""",
    "third-party": "import psutil\nprint(42 if psutil.Process().pid else 0)",
    "temporary": """
import tempfile
with tempfile.TemporaryDirectory() as folder, open(folder + "/x", "w+") as file:
    file.write("42")
    file.seek(0)
    print(file.read())
""",
    "home": """
import os
path = os.path.expanduser("~/.history")
open(path, "w").write("42")
print(open(path).read())
""",
    "random": "import os, secrets, ssl, uuid\nprint(42 if os.urandom(4) and uuid.uuid4() else 0)",
    "chinese": "print(42 if len('网络') == 2 else '编程')",
    "devices": "import os\nopen('/dev/null', 'w').write('x')\nprint(42)",
    "pair": """
import socket
a, b = socket.socketpair()
a.sendall(b"42")
print(b.recv(2).decode())
""",
    "renaming": """
import os
os.makedirs("one/two")
open("one/file", "w").write("42")
os.rename("one/file", "one/two/other")
os.symlink("other", "one/two/link")
print(open("one/two/link").read())
""",
}


@pytest.mark.skipif(sys.platform == "win32", reason="these are programs for POSIX")
@pytest.mark.parametrize("name", HONEST)
def test_what_homework_does_is_allowed(name: str, warm: Stage) -> None:
    """Processes, names, files of its own and libraries are there as for any program."""
    assert said(warm, HONEST[name]) == "42"


@pytest.mark.parametrize("folder", ["homework", ""])
def test_what_a_command_names_by_its_whole_path_is_read(
    folder: str, tmp_path: Path, runner: Runner
) -> None:
    """Whoever grades has written it: the program lies where it lies, with what it imports."""
    lies = tmp_path / folder
    lies.mkdir(exist_ok=True)
    (lies / "reading.py").write_text("SIZE = 1024\n")
    (lies / "server.py").write_text(SERVER)
    spec = f"cmd:{sys.executable} {lies / 'server.py'} {{host}} {{port}}"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (target,) = find(spec, folder=elsewhere)
    grading = Grading(Assignment(target, exercises()["tcp-echo"], "server"), runner, seed=4711)
    results = [grading.result(each) for each in grading.assignment.profile.behaviours]
    assert Outcome.PASSED in {each.outcome for each in results}
    assert not {each.outcome for each in results} & {Outcome.FAILED, Outcome.BLOCKED}
