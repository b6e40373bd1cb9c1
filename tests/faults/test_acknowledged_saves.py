"""An acknowledged answer is never lost: not when the server is killed, and not when the exam closes meanwhile.

Real processes, and clients that believe nothing but their own journals. On SQLite in a file, or, with DATABASE_URL,
in a PostgreSQL database of its own.
"""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests.faults.clients import InFlight, StudentClient, lost_answers, phantom_answers
from tests.faults.server import ROOT, Server

pytestmark = pytest.mark.faults

STUDENTS, SAVES_EACH, AT_ONCE = 240, 4, 200
RACES, WRITERS, EDITS = 8, 3, 40
UNLUCKY = 8


@dataclass
class World:
    environment: dict[str, str]
    sittings: list[dict[str, str]]

    def clients(self, server: Server, count: int) -> list[StudentClient]:
        """Takes sittings that no other test has used."""
        taken, self.sittings = self.sittings[:count], self.sittings[count:]
        in_flight = InFlight()
        return [StudentClient(server.port, each["sitting"], each["session"], in_flight) for each in taken]

    def run(self, *module: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def read_back(self) -> dict:
        return self.run("tests.faults.read_back")


@pytest.fixture(scope="module")
def database_url(tmp_path_factory):
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('faults') / 'db.sqlite3'}"
        return
    name = f"faults_{os.getpid()}"
    execute(given, f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    execute(given, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory) -> World:
    own = {"DEBUG": "1", "DEMO": "0", "DATABASE_URL": database_url, "VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}
    made = World(environment, [])
    made.sittings = made.run("tests.faults.prepare", str(STUDENTS + RACES + UNLUCKY))
    return made


def edit_until(client: StudentClient, edits: int, after_each) -> None:
    """Edits the four slots in turn, each save on the base that the one before was acknowledged with."""
    for number in range(edits):
        client.save(number % 4 + 1, number // 4, ["ab"[number % 2]])
        after_each()


def all_together(acts) -> None:
    with ThreadPoolExecutor(len(acts)) as pool:
        for running in [pool.submit(act) for act in acts]:
            running.result()


@dataclass
class Killed:
    """What was acknowledged before the kill, and how many saves it met that were sent and not yet answered."""

    acknowledged: int = 0
    in_flight: int = 0


def kill_in_the_middle(server: Server, clients: list[StudentClient], edits: int) -> Killed:
    """Kills the server when a third of all saves is acknowledged, and starts it again."""
    reached, count, killed = threading.Event(), [0], Killed()

    def after_each() -> None:
        count[0] += 1
        if count[0] >= len(clients) * edits // 3:
            reached.set()

    def kill() -> None:
        reached.wait(timeout=60)
        killed.acknowledged = sum(len(client.acknowledged) for client in clients)
        killed.in_flight = clients[0].in_flight.now
        server.kill()
        server.start()

    all_together([kill, *(lambda client=client: edit_until(client, edits, after_each) for client in clients)])
    return killed


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed_under_two_hundred_saves(world):
    before = world.read_back()["deadlines"]

    with Server(world.environment) as server:
        clients = world.clients(server, STUDENTS)
        killed = kill_in_the_middle(server, clients, SAVES_EACH)

    held = world.read_back()
    acknowledged = sum(len(client.acknowledged) for client in clients)
    assert killed.in_flight >= AT_ONCE
    assert 0 < killed.acknowledged < acknowledged == STUDENTS * SAVES_EACH
    assert lost_answers(clients, held["events"]) == {}
    assert phantom_answers(clients, held["events"]) == set()
    assert held["deadlines"] == before


def test_a_close_that_races_with_saves_packs_every_acknowledged_answer(world):
    with Server(world.environment) as server:
        students = world.clients(server, RACES)
        writers = [race(student) for student in students]

    held = world.read_back()
    for student, own in zip(students, writers, strict=True):
        last = {}
        for client in own:
            for _, slot, _, chosen in client.acknowledged.values():
                last[str(slot)] = chosen
        assert sum(len(client.acknowledged) for client in own) < WRITERS * EDITS  # the close came in between
        assert held["results"][student.sitting] == last
        assert lost_answers(own, held["events"]) == {}


def race(student: StudentClient) -> list[StudentClient]:
    """Three windows save into three slots until they are refused; the fourth submits in between."""
    windows = [StudentClient(student.port, student.sitting, student.session) for _ in range(WRITERS)]
    enough = threading.Event()

    def write(window: StudentClient, slot: int) -> None:
        for base in range(EDITS):
            if window.save(slot, base, ["abc"[base % 3]]) == 410:
                return
            if base == EDITS // 4:
                enough.set()

    def close() -> None:
        enough.wait(timeout=30)
        assert student.submit() == 302

    acts = [lambda window=window, slot=slot: write(window, slot) for slot, window in enumerate(windows, start=1)]
    all_together([close, *acts])
    return windows


def test_the_check_goes_red_when_the_acknowledgement_precedes_the_commit(world):
    wrong = world.environment | {"DJANGO_SETTINGS_MODULE": "tests.faults.early_ack_settings"}

    with Server(wrong) as server:
        clients = world.clients(server, UNLUCKY)
        kill_in_the_middle(server, clients, 12)

    assert lost_answers(clients, world.read_back()["events"])
