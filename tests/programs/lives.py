"""Programs that end in every way there is; the plain interpreter says what is right.

Each prints, reads and ends as it does under ``python program.py``: the tests
compare output, errors and exit status with that.
"""

from __future__ import annotations

LIVES = {
    "falls_off_the_end": "print('hello')",
    "exit_3": "import sys; sys.exit(3)",
    "exit_text": "import sys; sys.exit('text')",
    "exit_none": "import sys; sys.exit(None)",
    "exit_true": "import sys; sys.exit(True)",
    "exit_minus_1": "import sys; sys.exit(-1)",
    "exit_tuple": "import sys; sys.exit((1, 2))",
    "exit_builtin": "exit(4)",
    "exit_in_a_handler": "try:\n    1/0\nexcept Exception:\n    raise SystemExit(7)",
    "uncaught": "def f():\n    raise ValueError('x')\nf()",
    "uncaught_own_class": "class E(BaseException): pass\nraise E('x')",
    "caused": "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e",
    "in_context": "try:\n    1/0\nexcept ZeroDivisionError:\n    {}['x']",
    "misspelt": "socket = 1\nprint(sokcet)",
    "misspelt_attribute": "import socket\nsocket.sokcet()",
    "missing_module": "import no_such_module",
    "socket_error": "import socket\nsocket.socket().recv(10)",
    "socket_error_in_context": (
        "import socket\ntry:\n    socket.socket().recv(10)\nexcept OSError:\n    1/0"
    ),
    "socket_error_printed": (
        "import socket, traceback\n"
        "try:\n    socket.socket().recv(10)\nexcept OSError:\n    traceback.print_exc()"
    ),
    "socket_error_logged": (
        "import logging, socket\n"
        "try:\n    socket.socket().recv(10)\nexcept OSError:\n    logging.exception('failed')"
    ),
    "socket_error_in_a_thread": (
        "import socket, threading\n"
        "t = threading.Thread(target=socket.socket().recv, args=(10,), name='t')\n"
        "t.start()\nt.join()"
    ),
    "socket_error_in_asyncio": (
        "import asyncio, socket\nasync def f():\n    socket.socket().recv(10)\nasyncio.run(f())"
    ),
    "bind_with_two_arguments": "import socket\nsocket.socket().bind('127.0.0.1', 80)",
    "sends_text": "import socket\na, b = socket.socketpair()\na.send('x')",
    "syntax_error": "print('a'\nx = 1 +\n",
    "python_2": "print 'hello'\n",
    "os_exit": "import os\nprint('a')\nos._exit(5)",
    "exit_functions": "import atexit\natexit.register(print, 'bye')\nprint('hi')",
    "exit_function_fails": "import atexit\natexit.register(lambda: {}['x'])\nprint('hi')",
    "exit_function_exits": "import atexit, sys\natexit.register(lambda: sys.exit(3))\nprint('hi')",
    "unflushed": "print('abc', end='')",
    "open_file": "f = open('out.txt', 'w')\nf.write('abc')",
    "thread_goes_on": (
        "import threading\ne = threading.Event()\n"
        "def f():\n    e.wait()\n    print('last')\n"
        "threading.Thread(target=f).start()\nprint('first')\ne.set()"
    ),
    "thread_goes_on_after_a_crash": (
        "import threading\ne = threading.Event()\n"
        "def f():\n    threading.main_thread().join()\n    print('last')\n"
        "threading.Thread(target=f).start()\n1/0"
    ),
    "daemon_thread": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    ),
    "thread_fails": "import threading\nt = threading.Thread(target=lambda: 1/0, name='t')\n"
    "t.start()\nt.join()\nprint('main')",
    "pool_goes_on": (
        "import concurrent.futures as f\np = f.ThreadPoolExecutor(2)\np.submit(print, 'later')"
    ),
    "keyboard_interrupt": "raise KeyboardInterrupt",
    "interrupted": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\ninput()",
    "terminated": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\ninput()",
    "aborted": "import os\nos.abort()",
    "own_hook": "import sys\nsys.excepthook = lambda t, e, tb: print('hook', t, e)\n1/0",
    "own_hook_fails": "import sys\ndef hook(*a):\n    {}['x']\nsys.excepthook = hook\n1/0",
    "own_hook_exits": "import sys\nsys.excepthook = lambda *a: sys.exit(9)\n1/0",
    "objects_are_let_go": "class A:\n    def __del__(self): print('gone')\na = A()\n_b = A()",
    "finalizer": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'gone')",
    "forked_child_exits": (
        "import os\nif os.fork() == 0:\n    raise SystemExit(3)\nprint(os.wait()[1] >> 8)"
    ),
    "multiprocessing": (
        "import multiprocessing\ndef f(q): q.put(3)\n"
        "if __name__ == '__main__':\n    c = multiprocessing.get_context('fork')\n"
        "    q = c.Queue()\n    p = c.Process(target=f, args=(q,))\n"
        "    p.start()\n    print(q.get())\n    p.join()"
    ),
    "chinese": "print('你好，世界')",
    "errors_and_output": "import sys\nsys.stderr.write('no newline')\nprint('out')",
    "raw_output": "import sys\nsys.stdout.buffer.write(b'raw\\xff\\n')\nsys.stdout.flush()",
    "closes_stdout": "import sys\nsys.stdout.close()",
    "closes_descriptor_1": "import os\nprint('a', flush=True)\nos.close(1)",
    "asks_without_output": "import os\nos.close(1)\ninput()\nexit(4)",
    "closes_stdin": "import sys\nsys.stdin.close()\nprint('a')",
    "asks": "name = input('name? ')\nprint('hi', name)\nprint(input())",
    "reads_lines": "import sys\nprint(repr(sys.stdin.readline()))\nprint(next(sys.stdin))",
    "reads_bytes": "import sys\nprint(sys.stdin.buffer.readline())\nprint(input())",
    "iterates": (
        "import sys\nfor line in sys.stdin:\n    print(line)\n    if 'three' in line: break"
    ),
    "who_am_i": (
        "'''The doc.'''\nimport os, sys\n"
        "print(__name__, os.path.basename(__file__), __doc__, __package__, __spec__)\n"
        "print(len(sys.argv), os.path.basename(sys.argv[0]))\n"
        "print(os.getcwd() == os.path.dirname(os.path.abspath(__file__)) == sys.path[0])"
    ),
    "imports_itself": "import __main__\nx = 3\nprint(__main__.x)",
    "pickles": "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))))",
    "annotations": "from __future__ import annotations\nx: y = 3\nprint(__annotations__)",
    "signals": (
        "import signal\nprint(signal.getsignal(signal.SIGINT) is signal.default_int_handler)\n"
        "print(signal.getsignal(signal.SIGPIPE), signal.getsignal(signal.SIGCHLD))"
    ),
    "threads_as_ever": (
        "import os, threading\nprint(threading.current_thread() is threading.main_thread())\n"
        "print(threading.active_count())\n"
        "print(threading.main_thread().native_id == threading.get_native_id() == os.getpid())"
    ),
    "forks_and_threads": (
        "import os, threading\n"
        "if os.fork() == 0:\n"
        "    thread = threading.Thread(target=lambda: print('beside', flush=True))\n"
        "    thread.start()\n    thread.join()\n"
        "    print(threading.active_count(), flush=True)\n    os._exit(0)\n"
        "os.wait()\nprint('over')"
    ),
    "no_module_of_ours": "import channel",
    "warns": "import warnings\nwarnings.warn('careful')",
}
