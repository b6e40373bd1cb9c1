"""How the walk reads a page. That the walk itself works is seen by `run.py demo --check`."""

import pytest

from config.walkthrough import LOG_IN, NotSeen, Page

ITEM = """
<main><h1>Item <b>3</b></h1><script>not for readers</script>
<a href="/exams/7/">The exam</a> <a href="/exams/7/">again</a> <a href="https://elsewhere.example/x">away</a>
<form method="get" action="/codes/"><input name="q"></form>
<form method="post" action="/exams/sittings/0f/slots/3/">
  <input type="hidden" name="csrfmiddlewaretoken" value="abc">
  <label><input type="checkbox" name="option" value="a"> One</label>
  <label><input type="checkbox" name="option" value="b"> Two</label>
  <p>0 of 2 chosen</p><button name="go" value="next">Next</button>
</form></main>
"""


@pytest.fixture
def page():
    return Page("http://localhost/exams/sittings/0f/items/3/", ITEM)


def test_a_page_is_read_as_a_person_reads_it(page):
    assert page.heading == "Item 3"
    assert page.said(r"of (\d) chosen") == "of 2 chosen"
    assert "not for readers" not in page.text


def test_a_link_is_found_by_its_address_and_counted_once(page):
    assert page.link_list(r"^/exams/\d+/$") == ["http://localhost/exams/7/"]


def test_a_form_keeps_its_hidden_fields_and_its_choices(page):
    form = page.form(r"/slots/\d+/$")

    assert form.fields == [("csrfmiddlewaretoken", "abc")]
    assert form.options == {"option": ["a", "b"]}


@pytest.mark.parametrize("look", [lambda page: page.form("/submit/$"), lambda page: page.link("^/teach/$")])
def test_what_is_missing_is_named_with_the_page(page, look):
    with pytest.raises(NotSeen, match=r"items/3/ has no"):
        look(page)


def test_the_log_ins_are_read_from_their_lines():
    lines = "Student     tia@demo.example   lantern-harbor-maple\nOr make your own account.\n"

    assert LOG_IN.findall(lines) == [("Student", "tia@demo.example", "lantern-harbor-maple")]
