"""The fold and the times of a sitting, as properties. Plain values, no database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.items import grade_item
from quizzes.sitting.fold import Answers, Event, UnknownSchema, fold
from quizzes.sitting.times import Window, deadline, option_order, slot_order

OPTION_SETS = st.lists(st.sampled_from("abcd"), unique=True, max_size=3).map(tuple)
SEEDS = st.integers(0, 2**62 - 1)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


KINDS = st.sampled_from(["answered", "cleared", "flagged", "unflagged", "viewed", "late_refused"])


def log_of(acts: list[tuple[str, int, tuple[str, ...]]]) -> list[Event]:
    """A log as the save statement writes it: ids rise, and so does the revision of each slot."""
    revisions: dict[int, int] = {}
    events = []
    for number, (kind, slot, chosen) in enumerate(acts, start=1):
        if kind in ("answered", "cleared"):
            revisions[slot] = revisions.get(slot, 0) + 1
        revision = revisions[slot] if kind in ("answered", "cleared") else None
        payload = {"chosen": chosen} if kind in ("answered", "late_refused") else {}
        events.append(Event(number, kind, slot, revision, payload))
    return events


LOGS = st.lists(st.tuples(KINDS, st.integers(1, 4), OPTION_SETS), max_size=25).map(log_of)


@given(LOGS, st.integers(0, 25))
def test_folding_a_prefix_and_then_the_rest_equals_folding_all(log, cut):
    assert fold(log[cut:], start=fold(log[:cut])) == fold(log)


@given(LOGS, st.data())
def test_a_repeated_delivery_changes_nothing(log, data):
    repeated = log + data.draw(st.lists(st.sampled_from(log), max_size=5)) if log else log

    assert fold(repeated) == fold(log)


@given(LOGS, st.randoms(use_true_random=True))
def test_the_order_of_arrival_changes_nothing_and_the_highest_revision_is_the_answer(log, random):
    shuffled = random.sample(log, len(log))

    folded = fold(shuffled)

    assert folded.slots == fold(log).slots
    for slot, state in folded.slots.items():
        revisions = [event.revision for event in log if event.slot == slot and event.revision]
        assert state.revision == max(revisions, default=0)


@given(LOGS)
def test_slots_do_not_touch_one_another(log):
    apart = {slot: fold(event for event in log if event.slot == slot).of(slot) for slot in (1, 2, 3, 4)}

    assert {slot: fold(log).of(slot) for slot in apart} == apart


@given(LOGS)
def test_an_answer_stops_being_current_only_through_a_later_answer_of_its_slot(log):
    for event in log:
        if event.kind == "answered":
            later = [other for other in log if other.slot == event.slot and (other.revision or 0) > event.revision]
            current = fold(log).of(event.slot)
            assert later or (current.chosen, current.revision) == (event.payload["chosen"], event.revision)


@given(LOGS)
def test_a_late_refused_answer_changes_nothing(log):
    assert fold(event for event in log if event.kind != "late_refused") == fold(log)


def test_a_log_of_a_newer_program_is_not_guessed_at():
    with pytest.raises(UnknownSchema):
        fold([Event(1, "answered", 1, 1, {"chosen": ["a"]}, schema=2)])


def test_a_recorded_log_of_schema_1_folds_for_ever():
    log = [
        Event(11, "answered", 3, 1, {"chosen": ["b"]}),
        Event(12, "flagged", 3),
        Event(15, "answered", 1, 1, {"chosen": ["a", "d"]}),
        Event(16, "answered", 3, 2, {"chosen": ["c"]}),
        Event(17, "viewed", 2),
        Event(18, "cleared", 1, 2),
        Event(19, "submitted"),
    ]

    answers = fold(log)

    assert answers.packed() == {"3": ["c"]}
    assert (answers.of(3).is_flagged, answers.of(2).is_seen, answers.of(4).is_seen) == (True, True, False)
    assert answers.answered == 1
    assert fold([], start=Answers()) == Answers()


@given(SEEDS, st.integers(0, 150))
def test_the_order_of_items_is_a_permutation_and_a_function_of_the_seed(seed, count):
    assert sorted(slot_order(seed, count)) == list(range(1, count + 1))
    assert slot_order(seed, count) == slot_order(seed, count)


def test_the_order_of_a_seed_never_changes():
    assert slot_order(2025, 8) == [2, 8, 3, 1, 6, 5, 7, 4]


@given(SEEDS, st.integers(1, 100), st.integers(0, 5))
def test_options_are_permuted_and_the_fixed_one_stays_last(seed, slot, place):
    options = [{"id": letter, "text": letter} for letter in "abcdef"]
    options[place]["fixed_last"] = True

    shown = option_order(seed, slot, options)

    assert sorted(option["id"] for option in shown) == list("abcdef")
    assert shown[-1] == options[place]


@given(SEEDS, OPTION_SETS)
def test_shuffling_the_options_never_changes_the_score(seed, chosen):
    body = {"stem": "s", "choose": 2, "options": [{"id": letter, "text": letter} for letter in "abcd"]}
    shuffled = body | {"options": option_order(seed, 1, body["options"])}

    score = grade_item("choose", body, {"right": ["a", "c"]}, {"chosen": list(chosen)})

    assert grade_item("choose", shuffled, {"right": ["a", "c"]}, {"chosen": sorted(chosen)}) == score


@given(INSTANTS, st.integers(1, 20_000), st.integers(-3600, 90_000), st.booleans())
def test_the_deadline_lies_after_the_start_and_gives_no_more_than_allowed(start, seconds, opens_for, must_finish):
    window = Window(start + timedelta(seconds=max(1, opens_for)), must_finish)

    end = deadline(start, seconds, window)

    assert start < end <= start + timedelta(seconds=seconds)


@given(INSTANTS, st.integers(1, 20_000), st.integers(0, 3600), st.booleans())
def test_more_time_never_means_an_earlier_end(start, seconds, more, must_finish):
    window = Window(start + timedelta(seconds=1800), must_finish)

    assert deadline(start, seconds + more, window) >= deadline(start, seconds, window)


@given(st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]), st.integers(1, 20_000))
def test_a_change_to_summer_time_moves_no_deadline(zone, seconds):
    start = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # half an hour before New York puts its clocks forward
    window = Window(start + timedelta(days=1), must_finish=False)

    end = deadline(start.astimezone(ZoneInfo(zone)).astimezone(UTC), seconds, window)

    assert (end - start).total_seconds() == seconds


def test_finish_by_ends_with_the_window():
    start = datetime(2025, 12, 1, 12, 0, tzinfo=UTC)
    window = Window(start + timedelta(minutes=20), must_finish=True)

    assert deadline(start, 1800, window) == start + timedelta(minutes=20)


def test_the_fold_cannot_see_the_clock_of_the_client():
    assert set(Event.__dataclass_fields__) == {"id", "kind", "slot", "revision", "payload", "schema"}
