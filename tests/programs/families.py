"""What a server may have started by the time it is ended: children, daemons, other programs."""

from __future__ import annotations

LISTENING = """\
import os, signal, socket, subprocess, sys, threading
sk = socket.socket()
sk.bind(('127.0.0.1', 8000))
sk.listen()
"""

FAMILIES = {
    "alone": "",
    "ignores_signals": "for n in (1, 2, 3, 15): signal.signal(n, signal.SIG_IGN)\n",
    "threads": "threading.Thread(target=threading.Event().wait).start()\n",
    "child": "if os.fork() == 0: signal.pause()\n",
    "own_session": "if os.fork() == 0:\n    os.setsid()\n    signal.pause()\n",
    "daemon": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        null = os.open(os.devnull, os.O_RDWR)\n"
        "        for n in (0, 1, 2): os.dup2(null, n)\n        signal.pause()\n    os._exit(0)\n"
        "os.wait()\n"
    ),
    "daemon_without_descriptors": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        keep = os.dup2(sk.fileno(), 9)\n        os.closerange(0, 9)\n"
        "        os.closerange(10, 4096)\n        signal.pause()\n    os._exit(0)\nos.wait()\n"
    ),
    "fork_tree": "for _ in range(4): os.fork()\n",
    "stopped_child": (
        "pid = os.fork()\nif pid == 0: signal.pause()\nos.kill(pid, signal.SIGSTOP)\n"
        "os.waitpid(pid, os.WUNTRACED)\n"
    ),
    "other_program": "subprocess.Popen([sys.executable, '-c', 'input()'], pass_fds=[3])\n",
    "other_program_in_own_session": (
        "subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'],\n"
        "    start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,\n"
        "    stderr=subprocess.DEVNULL)\n"
    ),
}
