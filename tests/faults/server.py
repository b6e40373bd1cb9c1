"""A real web server in a process group of its own, that can be killed without warning and started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRANIAN = Path(sys.executable).with_name("granian")
PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.port = environment, free_port()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [str(GRANIAN), "--interface", "wsgi", "--port", str(self.port), "--no-ws", "--blocking-threads", "8"]
        self.process = subprocess.Popen(
            [*command, "--log-level", "error", "config.wsgi:application"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        self.wait_until_it_answers()

    def kill(self) -> None:
        """SIGKILL for the whole group: no handler runs, nothing is flushed."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("The server did not answer.")
