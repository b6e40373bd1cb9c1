import pytest
from django.urls import reverse

FIND = reverse("find_codes")


@pytest.fixture
def release(excerpt):
    return excerpt(["E11.22", "I10", "J18.9", "S52.531A"])


def test_list_shows_code_title_path_and_state(release, client, sam):
    client.force_login(sam)

    page = client.get(FIND, {"q": "J18"}).content.decode()

    assert page.count('<li role="option"') == 2
    assert 'data-code="J18.9" data-title="Pneumonia, unspecified organism" data-billable="true"' in page
    assert "Chapter 10 › J09-J18 › J18" in page
    assert "Billable" in page
    assert "Needs 4th character" in page


def test_header_says_in_words_what_it_needs(release, client, sam):
    client.force_login(sam)

    assert "Needs 6th, 7th character" in client.get(FIND, {"q": "S52.53"}).content.decode()


def test_nothing_found_explains_in_a_row_that_cannot_be_chosen(release, client, sam):
    client.force_login(sam)

    page = client.get(FIND, {"q": "qqqqzzzz"}).content.decode()

    assert "No code has these words" in page
    assert "data-code" not in page


def test_a_date_outside_every_release_is_said(release, client, sam):
    client.force_login(sam)

    page = client.get(FIND, {"q": "htn", "on": "2024-01-03"}).content.decode()

    assert "No ICD-10-CM release is loaded for 3 Jan 2024." in page


@pytest.mark.parametrize("asked", [{"q": "x" * 300}, {"q": "htn", "on": "tomorrow"}])
def test_what_cannot_be_looked_up_gets_a_sentence(release, client, sam, asked):
    client.force_login(sam)

    answer = client.get(FIND, asked)

    assert answer.status_code == 400
    assert "This cannot be looked up." in answer.content.decode()


def test_anonymous_is_sent_to_log_in(client, db):
    answer = client.get(FIND, {"q": "htn"})

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_post_is_refused(client, sam):
    client.force_login(sam)

    assert client.post(FIND, {"q": "htn"}).status_code == 405


def test_a_list_takes_at_most_four_statements(release, client, sam, django_assert_max_num_queries):
    client.force_login(sam)
    client.get(FIND, {"q": "htn"})

    with django_assert_max_num_queries(4):
        client.get(FIND, {"q": "type 2 diabetes with ckd"})


def test_typed_markup_is_never_shown_as_markup(release, client, sam):
    client.force_login(sam)

    assert "<script>" not in client.get(FIND, {"q": "<script>alert(1)</script>"}).content.decode()


def test_a_warning_stands_above_the_list(release, client, sam):
    client.force_login(sam)

    page = client.get(FIND, {"q": "urosepsis"}).content.decode()

    assert "Urosepsis is a nonspecific term" in page
    assert "settle that first" in page


def test_six_characters_show_every_seventh(excerpt, client, sam):
    excerpt(["S52.502A", *(f"S52.501{seventh}" for seventh in "ABCDEFGHJKMNPQRS")])
    client.force_login(sam)

    page = client.get(FIND, {"q": "S52.501"}).content.decode()

    assert page.count('<li role="option"') == 17
