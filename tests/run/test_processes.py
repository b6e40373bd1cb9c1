"""Starting and stopping: our own server is known by its token, and nothing is left afterwards."""

import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from config import processes


@pytest.fixture
def answering():
    """A server that answers every address with the word “token”, at the port given back."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"token")

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_our_own_server_is_known_by_its_token(answering):
    assert processes.is_up(answering, "token")


def test_another_server_on_the_port_does_not_count(answering):
    assert not processes.is_up(answering, "ours")


def test_a_port_that_a_server_shares_is_still_taken():
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert not processes.is_free(taken.getsockname()[1])


def test_a_port_is_free_again_after_its_server_has_ended():
    port = processes.any_free()

    assert processes.is_free(port)


def test_a_server_that_ends_at_once_is_not_waited_for(tmp_path):
    web = processes.start([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "log/web.log", dict(os.environ))

    assert not processes.wait_until_up(web, processes.any_free(), "token")


def test_stopping_ends_children_that_do_not_listen(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS_TO_STOP", 0.3)
    deaf = "import signal, subprocess, sys; signal.signal(15, signal.SIG_IGN);"
    deaf += "print('ready', flush=True); subprocess.run(['sleep', '600'])"
    log = tmp_path / "log"
    process = processes.start([sys.executable, "-c", deaf], log, dict(os.environ))
    while "ready" not in log.read_text() and process.poll() is None:
        pass

    processes.stop([process])

    assert not processes.has_members(process)


def test_what_was_started_writes_to_its_log(tmp_path):
    process = processes.start([sys.executable, "-c", "print('up')"], tmp_path / "deep/er.log", dict(os.environ))

    process.wait(timeout=10)
    assert (tmp_path / "deep/er.log").read_text() == "up\n"
    assert isinstance(process, subprocess.Popen)
