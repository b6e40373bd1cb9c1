"""Real threads: double starts, and a close that races with saves. On both engines."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from quizzes.models import Sitting, SittingEvent, SittingResult
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.save import AnswerMoved, SittingClosed
from quizzes.sitting.start import start_sitting
from tests.quizzes.conftest import save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database_with_real_locks(transactional_db):
    """Connections that share one database in memory have locks of their own kind, and no waiting for them."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database in a file or on a server")


def together(count, act):
    """Runs act(number) in `count` threads that set off at the same moment."""
    barrier = threading.Barrier(count)

    def run(number):
        barrier.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_twenty_starts_at_once_give_one_sitting(mock, sam):
    sittings = together(20, lambda _: start_sitting(mock, sam, now=timezone.now()).pk)

    assert len(set(sittings)) == 1
    assert Sitting.objects.count() == 1


def test_of_many_saves_from_one_base_one_is_written(sitting):
    def attempt(number):
        try:
            return save(sitting, 1, ("abcd"[number % 4],)).revision
        except AnswerMoved as moved:
            return moved.stored.revision

    assert together(12, attempt) == [1] * 12
    assert SittingEvent.objects.count() == 1


def test_the_same_save_sent_many_times_at_once_is_one_row_and_one_acknowledgement(sitting):
    key = uuid.uuid4().hex

    acknowledged = together(12, lambda _: save(sitting, 1, ("a",), key=key).saved_at)

    assert len(set(acknowledged)) == 1
    assert SittingEvent.objects.count() == 1


def test_a_close_that_races_with_saves_loses_no_acknowledged_answer(sitting):
    """Each of four threads edits its own slot until it is refused; one closes in between."""
    acknowledged = {}

    def edit(slot):
        for base in range(200):
            if slot == 5:
                if base == 20:
                    return submit_sitting(sitting, now=timezone.now())
                continue
            try:
                chosen = ("ab"[base % 2],)
                save(sitting, slot, chosen, base=base)
                acknowledged[slot] = list(chosen)
            except SittingClosed:
                return None
        return None

    together(5, lambda number: edit(number + 1))

    packed = SittingResult.objects.get().answers
    assert packed == {str(slot): chosen for slot, chosen in sorted(acknowledged.items())}
