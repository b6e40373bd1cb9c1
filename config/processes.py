"""Start the site's processes and stop them again with nothing left. Standard library only: run.py and tests use it.

Each process gets a group of its own, so that its children end with it.
"""

import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")  # Linux only
ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START, SECONDS_TO_STOP, SECONDS_AFTER_KILL = 60, 10, 1
Process = subprocess.Popen[bytes]


def start(command: list[str], log: Path, env: dict[str, str]) -> Process:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        ours = {"cwd": ROOT, "env": env, "start_new_session": True}
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **ours)  # noqa: S603


def web_server(python: str, port: int, *, workers: int = 2) -> list[str]:
    """The command that serves the site on this machine."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    options += ["--blocking-threads", "2", "--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"]
    return [python, "-m", "granian", *options, "config.wsgi:application"]


def worker(python: str, schedule: Path) -> list[str]:
    """The command that runs the jobs, the periodic ones included."""
    options = ["--beat", "--schedule", str(schedule), "--pool", "threads", "--concurrency", "1"]
    options += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [python, "-m", "celery", "-A", "config.celery", "worker", *options]


def is_up(port: int, token: str) -> bool:
    """Only our own server knows the token; another one on the same port does not count."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().read().decode(errors="replace") == token
    return False


def wait_until_up(web: Process, port: int, token: str) -> bool:
    """False when the server has ended, or does not answer in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and web.poll() is None:
        if is_up(port, token):
            return True
        time.sleep(0.1)
    return False


def stop(processes: list[Process]) -> None:
    """Ask every group to end, wait, then end by force what is left of it."""
    for sign, seconds in [(signal.SIGTERM, SECONDS_TO_STOP), (signal.SIGKILL, SECONDS_AFTER_KILL)]:
        deadline = time.monotonic() + seconds
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
        while any(map(has_members, processes)) and time.monotonic() < deadline:
            time.sleep(0.05)


def has_members(process: Process) -> bool:
    """Whether the process or any child of its group still runs."""
    process.poll()  # one that has ended stays in its group until it is asked for
    if (PROC / "self/stat").exists():
        return any(group == process.pid and state != "Z" for state, group in states())
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def states() -> Iterator[tuple[str, int]]:
    """State and group of every process. A zombie is none any more, though a container may have nobody to collect it."""
    for stat in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, group, *_ = stat.read_text(errors="replace").rpartition(")")[2].split()
            yield state, int(group)


def is_free(port: int) -> bool:
    """Granian shares a taken port without a word, so the port is tried first; browsers ask for ::1 as well."""
    for family, host in [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]:
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                probe.listen()
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
    return True


def next_free(port: int) -> int:
    """The next free port that everybody may open."""
    return next((number for number in range(max(port + 1, 8000), 65536) if is_free(number)), 0) or any_free()


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
