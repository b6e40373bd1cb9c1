"""The pages of exams: what they say, what they cost, and that no key leaves the server before the release."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes.bank.load import load_items
from quizzes.forms.load import load_form
from quizzes.forms.schedule import schedule_administration
from quizzes.models import Administration, SittingEvent
from quizzes.scoring.release import release_scores
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from quizzes.sitting.times import slot_order
from tests.quizzes.conftest import browser, move_deadline, save
from tests.quizzes.content import content, right_options

PAGES = ["review_sitting", "sitting_clock", "sitting_receipt", "sitting_report", "sitting"]


def item_address(sitting, position: int) -> str:
    return reverse("sitting_item", args=[sitting.public_id, position])


def test_an_item_page_takes_at_most_six_statements(sitting, sam, django_assert_max_num_queries):
    client = browser(sam)

    with django_assert_max_num_queries(6):
        page = client.get(item_address(sitting, 2)).content.decode()

    assert "Item 2 of 4" in page
    assert len(page.encode()) <= 20_000
    assert max(len(line) for line in re.findall(r"<button name=go value=\d+.*?</button>", page)) <= 130


def test_an_item_page_of_a_hundred_items_is_at_most_twenty_kilobytes(catalogue, evening, sam, now):
    text = content()
    rows = [text["items"][0] | {"slug": f"knee-{number}"} for number in range(100)]
    load_items(catalogue, rows)
    form = load_form(catalogue, text["exam"] | {"items": [row["slug"] for row in rows]})
    mock = schedule_administration(form, evening, opens_at=now, closes_at=now + timedelta(hours=1), now=now)

    page = browser(sam).get(item_address(start_sitting(mock, sam, now=now), 100)).content

    assert len(page) <= 20_000


def test_starting_takes_at_most_eight_statements(mock, sam, django_assert_max_num_queries):
    client = browser(sam)

    with django_assert_max_num_queries(8):
        assert client.post(reverse("start_sitting", args=[mock.pk])).status_code == 302


def test_the_list_of_exams_costs_the_same_for_one_and_for_three(
    form, evening, mock, sam, now, django_assert_max_num_queries
):
    for days in (1, 2):
        opens_at = now + timedelta(days=days)
        schedule_administration(form, evening, opens_at=opens_at, closes_at=opens_at + timedelta(hours=1), now=now)

    client = browser(sam)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("exams")).content.decode()

    assert page.index("Open now") < page.index("Upcoming")


def browser_page(user, address: str) -> str:
    return browser(user).get(address).content.decode()


def test_the_sitting_opens_at_the_first_item_that_was_not_seen(sitting, sam):
    client = browser(sam)
    first = client.get(sitting.get_absolute_url())

    client.get(first.url)
    leave(client, sitting, slot_at(sitting, 1), go="next")

    assert first.url == item_address(sitting, 1)
    assert client.get(sitting.get_absolute_url()).url == item_address(sitting, 2)


def slot_at(sitting, position: int) -> int:
    return slot_order(sitting.order_seed, sitting.slot_count)[position - 1]


def leave(client, sitting, slot: int, *, go: str):
    """What the form of an item sends when nothing was chosen."""
    fields = {"base": "0", "key": uuid.uuid4().hex, "go": go}
    return client.post(reverse("save_answer", args=[sitting.public_id, slot]), fields)


def test_leaving_an_item_twice_writes_one_row(sitting, sam):
    client = browser(sam)

    for _ in range(2):
        leave(client, sitting, 3, go="next")

    assert SittingEvent.objects.get().kind == "viewed"


def test_an_item_that_was_left_is_seen_and_not_answered(sitting, sam):
    client = browser(sam)

    leave(client, sitting, slot_at(sitting, 2), go="review")

    assert "2, not answered" in browser_page(sam, reverse("review_sitting", args=[sitting.public_id]))


@pytest.mark.parametrize(("go", "position"), [("3", 3), ("back", 1), ("next", 3), ("99", 3), ("no such place", 3)])
def test_the_navigator_leads_to_the_item_that_it_names(sitting, sam, go, position):
    answer = leave(browser(sam), sitting, slot_at(sitting, 2), go=go)

    assert answer.url == item_address(sitting, position)


@pytest.mark.parametrize("left", ["1", "99999999999999999999", "9" * 5000])
def test_reading_writes_nothing_whatever_the_address_says(sitting, sam, left):
    client = browser(sam)

    for address in (item_address(sitting, 1), reverse("review_sitting", args=[sitting.public_id])):
        assert client.get(f"{address}?left={left}").status_code == 200
    assert SittingEvent.objects.count() == 0


def test_the_review_lists_unanswered_first_then_flagged(sitting, sam):
    save(sitting, 1, ("a",))
    page = browser_page(sam, reverse("review_sitting", args=[sitting.public_id]))

    shown = [words for _, words in re.findall(r'<a href="(\.\./items/[^"]*)".*?aria-label="([^"]*)"', page)]

    assert "not seen" in shown[0]
    assert shown[-1].endswith(", answered")
    assert "Submit 1 of 4 answered" in page


def test_an_item_beyond_the_form_is_not_there(sitting, sam):
    assert browser(sam).get(item_address(sitting, 5)).status_code == 404


def test_after_the_time_every_page_leads_to_a_receipt_with_the_time(sitting, sam):
    save(sitting, 1, ("a",))
    move_deadline(sitting, by=timedelta(minutes=-31))
    client = browser(sam)

    answer = client.get(item_address(sitting, 1), follow=True)

    assert f"Time is up. Your answers were saved at {sitting.deadline_at:%H:%M:%S} UTC." in answer.content.decode()


def test_within_the_grace_the_receipt_says_that_answers_still_arrive(sitting, sam):
    move_deadline(sitting, by=timedelta(minutes=-30, seconds=-5))

    answer = browser(sam).get(reverse("sitting_receipt", args=[sitting.public_id]))

    assert "Time is up" in answer.content.decode()
    assert answer["Refresh"] == "5"


def test_an_expired_exam_says_so_in_a_sentence(mock, sam):
    Administration.objects.update(
        opens_at=mock.opens_at - timedelta(days=2), closes_at=mock.closes_at - timedelta(days=2)
    )
    client = browser(sam)

    page = client.get(mock.get_absolute_url())
    started = client.post(reverse("start_sitting", args=[mock.pk]))

    assert "This exam closed on" in page.content.decode()
    assert started.status_code == 409
    assert "This exam closed on" in started.content.decode()


def test_no_key_and_no_reason_leaves_the_server_before_the_release(sitting, sam, tia, ines, now):
    """Every reason and rule of the test items carries the word SEALED."""
    client = browser(sam)
    addresses = [item_address(sitting, position) for position in range(1, 5)]
    addresses += [reverse(name, args=[sitting.public_id]) for name in PAGES]
    addresses += [reverse("exams"), sitting.administration.get_absolute_url()]
    seen = [client.get(address, follow=True).content.decode() for address in addresses]
    save(sitting, 1, right_options(1))
    submit_sitting(sitting, now=now)
    seen += [client.get(address, follow=True).content.decode() for address in addresses]

    assert not [page for page in seen if "SEALED" in page or '"right"' in page or "earned" in page]

    release_scores(sitting.administration, ines, now=now)

    assert "SEALED" in browser_page(sam, reverse("sitting_report", args=[sitting.public_id]))


def test_the_release_does_not_open_the_sitting_that_still_runs(sitting, tia, ines, now):
    running = start_sitting(sitting.administration, tia, now=now)
    release_scores(sitting.administration, ines, now=now)

    page = browser(tia).get(reverse("sitting_report", args=[running.public_id]), follow=True).content.decode()

    assert "SEALED" not in page


@pytest.mark.parametrize("name", [*PAGES, "sitting_item"])
def test_no_page_of_a_sitting_is_kept_in_a_cache(name, sitting, sam):
    arguments = [sitting.public_id, 1] if name == "sitting_item" else [sitting.public_id]

    assert "no-store" in browser(sam).get(reverse(name, args=arguments))["Cache-Control"]


def test_every_page_has_one_heading(sitting, sam, ines, now):
    client = browser(sam)
    addresses = [reverse("exams"), sitting.administration.get_absolute_url(), item_address(sitting, 1)]
    addresses += [reverse("review_sitting", args=[sitting.public_id])]
    pages = [client.get(address).content.decode() for address in addresses]
    submit_sitting(sitting, now=now)
    pages += [client.get(reverse(name, args=[sitting.public_id])).content.decode() for name in PAGES[2:4]]
    release_scores(sitting.administration, ines, now=now)
    pages += [client.get(reverse("sitting_report", args=[sitting.public_id])).content.decode()]
    pages += [browser_page(ines, reverse("administration_results", args=[sitting.administration_id]))]

    assert [page.count("<h1") for page in pages] == [1] * 8
    assert not [page for page in pages if "style=" in page]
