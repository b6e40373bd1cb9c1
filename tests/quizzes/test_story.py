"""Sam sits a mock exam in the browser without any script; Ines releases the scores; Otto sees nothing of it."""

import re
from urllib.parse import urljoin

from django.urls import reverse

from quizzes.models import Sitting
from tests.quizzes.conftest import browser
from tests.quizzes.content import right_options, wrong_options


def answer_shown_item(client, address, *, rightly: bool):
    """What a person does: read the page, choose, press Next."""
    page = client.get(address).content.decode()
    action = re.search(r'<form[^>]*action="([^"]*)"', page).group(1)
    slot = int(re.search(r"/slots/(\d+)/", action).group(1))
    fields = dict(re.findall(r'name="(base|key)" value="([^"]*)"', page))
    chosen = right_options(slot) if rightly else wrong_options(slot)
    return client.post(urljoin(address, action), {**fields, "option": list(chosen), "go": "next"})


def test_sam_sits_the_mock_and_reads_the_report_after_the_release(mock, sam, ines, tia):
    student, teacher = browser(sam), browser(ines)

    assert "Read the rules and start" in student.get(reverse("exams")).content.decode()
    assert "ICD-10-CM FY2026" in student.get(mock.get_absolute_url()).content.decode()
    started = student.post(reverse("start_sitting", args=[mock.pk]))
    address = student.get(started.url).url
    for rightly in (True, True, True, False):
        address = answer_shown_item(student, address, rightly=rightly).url
    assert "Submit 4 of 4 answered" in student.get(address).content.decode()
    sitting = Sitting.objects.get(user=sam)
    receipt = student.get(student.post(reverse("submit_sitting", args=[sitting.public_id])).url).content.decode()
    assert "You submitted this exam" in receipt
    assert sitting.result.digest in receipt

    report = reverse("sitting_report", args=[sitting.public_id])
    assert "not released yet" in student.get(report).content.decode()
    results = teacher.get(reverse("administration_results", args=[mock.pk])).content.decode()
    assert "Sam" in results
    assert "75\N{NO-BREAK SPACE}% · pass" in results
    assert teacher.post(reverse("release_scores", args=[mock.pk])).status_code == 302

    page = student.get(report).content.decode()
    assert "3 of 4 points" in page
    assert "The cut is 70\N{NO-BREAK SPACE}%: 3 points." in page
    assert "The Index links the two" in page
    assert "See your report" in student.get(reverse("exams")).content.decode()


def test_an_outsider_finds_nothing_of_it(sitting, otto):
    stranger = browser(otto)

    for name in ("sitting", "review_sitting", "sitting_receipt", "sitting_clock", "sitting_report"):
        assert stranger.get(reverse(name, args=[sitting.public_id])).status_code == 404
    assert stranger.get(sitting.administration.get_absolute_url()).status_code == 404


def test_a_student_may_not_see_or_release_the_results_of_the_class(mock, sam):
    student = browser(sam)

    assert student.get(reverse("administration_results", args=[mock.pk])).status_code == 403
    assert student.post(reverse("release_scores", args=[mock.pk])).status_code == 403
