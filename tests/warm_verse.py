"""The command `verse` for tests that run many: a process of its own each time, but its modules are loaded once.

One server loads them and forks for each command; what is run in the place of `verse` is a client that gives it its
words, its environment, its folder and its three streams, and ends with the status of the fork.
"""

import array
import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_MOST = 1 << 20  # bytes of what is told beside the streams
_CLIENT = f"""#!{sys.executable} -IS
import array, json, os, socket, sys
told = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode("utf-8")
line = socket.socket(socket.AF_UNIX)
line.connect(os.path.join(os.path.dirname(os.path.abspath(__file__)), "line"))
line.sendmsg([len(told).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
line.sendall(told)
status = line.recv(4)
os._exit(status[0] if status else 70)
"""


@pytest.fixture(scope="session")
def warm_verse() -> Iterator[Path]:
    """A folder for the head of a PATH, where `verse` is the client of a server that lives as long as the run."""
    with tempfile.TemporaryDirectory(prefix="verse") as name:
        folder = Path(name)
        (folder / "verse").write_text(_CLIENT, encoding="utf-8")
        (folder / "verse").chmod(0o755)
        bare = {"PATH": os.environ["PATH"], "HOME": name, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", __name__, str(folder / "line")]
        server = subprocess.Popen(command, cwd=_ROOT, env=bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            assert server.stdout.readline() == b"ready\n"
            yield folder
        finally:
            server.kill()
            server.wait()
            server.stdin.close()
            server.stdout.close()


def _serve(place: str) -> None:
    import tokenizers  # noqa: F401

    listening = socket.socket(socket.AF_UNIX)
    listening.bind(place)
    listening.listen(16)
    print("ready", flush=True)
    while True:
        line, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _watch_and_run(line)
        line.close()
        _forget_ended()


def _forget_ended() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _watch_and_run(line: socket.socket) -> None:
    """Runs one command in a fork of this fork, so that its status is known however it ends."""
    head, given, _, _ = line.recvmsg(4, socket.CMSG_SPACE(12))
    streams = array.array("i")
    streams.frombytes(given[0][2])
    told = b""
    while len(told) < int.from_bytes(head, "big"):
        told += line.recv(_MOST)
    running = os.fork()
    if running == 0:
        line.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os._exit(_ran(*json.loads(told)))
    for stream in streams:
        os.close(stream)
    status = os.waitstatus_to_exitcode(os.waitpid(running, 0)[1])
    line.sendall(bytes([status % 256]))
    os._exit(0)


def _ran(words: list[str], environment: dict[str, str], folder: str) -> int:
    """The status with which the command ends, as the interpreter would give it."""
    from adapters.command import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["verse", *words]
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115 -- they stay open
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
    status: object = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return status if isinstance(status, int) else int(status is not None)


if __name__ == "__main__":
    _serve(sys.argv[1])
