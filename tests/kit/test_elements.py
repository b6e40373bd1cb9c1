"""What the tags of the kit draw, and how they write values."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from kit import icons
from kit.tables import Column, Kind, Table


def drawn(source, **context):
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize("kind", icons.BADGES)
def test_a_badge_has_its_shape_and_its_word(kind):
    html = drawn("{% badge kind 'The word' %}", kind=kind)

    assert icons.BADGES[kind] in html
    assert "The word" in html


def test_no_two_verdicts_share_a_shape():
    assert len(set(icons.BADGES.values())) == len(icons.BADGES)


def test_a_button_with_an_address_is_a_link():
    html = drawn("{% button 'Continue' href='/cases/' kind='secondary' %}")

    assert html.startswith('<a class="button button--secondary" href="/cases/"')


def test_a_button_tells_its_key():
    html = drawn("{% button 'Next' key='next-item' %}")

    assert 'data-key-action="next-item"' in html
    assert 'aria-keyshortcuts="]"' in html


def test_what_a_user_typed_is_escaped_in_elements():
    html = drawn("{% notice 'info' text %}{% badge 'exact' text %}{% button text %}", text="<b>")

    assert "<b>" not in html


def test_a_message_of_level_error_is_a_danger_notice():
    assert "notice--danger" in drawn("{% notice 'error' 'No.' %}")


def test_numbers_in_a_table_stand_right():
    table = Table("Domains", ("Domain", Column("Right", kind=Kind.NUMBER)), (("Endocrine", 5),))

    html = drawn("{% render_table table %}", table=table)

    assert '<td class="is-number is-right" data-title="Right">5</td>' in html
    assert '<th scope="row" class="is-text">Endocrine</th>' in html
    assert "<caption>Domains</caption>" in html


def test_columns_may_be_plain_tuples():
    table = Table("Domains", (("Domain", "", "text"), ("Right", "right", "text")), (("Endocrine", "5 of 6"),))

    assert 'class="is-text is-right"' in drawn("{% render_table table %}", table=table)


def test_an_empty_table_says_so():
    assert "Nobody has started." in drawn(
        "{% render_table table %}", table=Table("T", ("A",), (), "Nobody has started.")
    )


@pytest.mark.parametrize(
    ("milli", "text"), [(780, "78\xa0%"), (695, "69.5\xa0%"), (0, "0\xa0%"), (1000, "100\xa0%"), (None, "–")]
)
def test_milli_points_are_written_without_rounding(milli, text):
    assert drawn("{{ milli|percent }}", milli=milli) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(18, "18\xa0min"), (60, "1\xa0h"), (95, "1\xa0h 35\xa0min"), (0, "0\xa0min"), (timedelta(hours=4), "4\xa0h")],
)
def test_durations_are_written_in_hours_and_minutes(minutes, text):
    assert drawn("{{ minutes|duration }}", minutes=minutes) == text


def test_dates_are_written_with_the_name_of_the_month():
    assert drawn("{{ on|day }}", on=date(2025, 12, 4)) == "4 Dec 2025"


def test_the_date_of_a_moment_is_the_one_that_its_reader_has():
    late = datetime(2025, 12, 15, 3, 0, tzinfo=UTC)
    sam = SimpleNamespace(time_zone="America/New_York")

    assert drawn("{{ at|day:user }} {{ at|day }}", at=late, user=sam) == "14 Dec 2025 15 Dec 2025"


def test_a_plain_date_is_the_same_in_every_zone():
    sam = SimpleNamespace(time_zone="Pacific/Honolulu")

    assert drawn("{{ on|day:user }}", on=date(2025, 12, 4), user=sam) == "4 Dec 2025"


def test_a_moment_is_written_in_the_zone_of_its_reader():
    sam = SimpleNamespace(time_zone="America/New_York")

    text = drawn("{{ at|moment:user }}", at=datetime(2025, 12, 14, 14, 0, tzinfo=UTC), user=sam)

    assert text == "14 Dec 2025, 09:00\xa0EST"


def test_a_meter_never_leaves_its_track():
    assert 'width="100.0%"' in drawn("{% meter 9 6 'nine of six' %}")
    assert 'width="0.0%"' in drawn("{% meter 0 0 'none' %}")


def test_an_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in drawn("{% icon 'flag' %}")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(sent, name):
    assert drawn("{{ sent|browser }}", sent=sent) == name
