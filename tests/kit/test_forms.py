"""One field row and one error summary for every form."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.urls import reverse


class CohortForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Students see it.")
    setting = forms.ChoiceField(label="Setting", choices=[("in", "Inpatient")], widget=forms.RadioSelect)
    weekly = forms.BooleanField(label="Weekly mail", help_text="Off in one press.", required=False)
    note = forms.CharField(label="Note", required=False)
    step = forms.CharField(widget=forms.HiddenInput)


def drawn(source, form):
    return Template(source).render(Context({"form": form}))


def test_a_field_is_tied_to_its_hint_and_its_error():
    html = drawn("{{ form }}", CohortForm({}))

    field = re.search(r'<input[^>]*id="id_name"[^>]*>', html).group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_the_hint_stands_above_the_field_and_the_error_between_them():
    html = drawn("{{ form.name.as_field_group }}", CohortForm({}))

    places = [html.index(sign) for sign in ("<label", "id_name_helptext", "id_name_error", "<input")]
    assert places == sorted(places)


def test_a_group_of_choices_has_a_legend_and_is_tied_to_its_error():
    html = drawn("{{ form.setting.as_field_group }}", CohortForm({}))

    assert '<fieldset aria-describedby="id_setting_error">' in html
    assert '<legend class="field__label">Setting' in html


def test_a_tick_box_has_its_label_behind_it():
    html = drawn("{{ form.weekly.as_field_group }}", CohortForm())

    assert html.index("<input") < html.index('<label for="id_weekly"')
    assert 'aria-describedby="id_weekly_helptext"' in html


def test_what_may_stay_empty_is_marked():
    html = drawn("{{ form }}", CohortForm())

    assert html.count("(optional)") == 1


def test_the_summary_leads_to_each_field_in_the_words_that_stand_there():
    form = CohortForm({"step": "1"})

    summary = drawn("{% error_summary form %}", form)
    rows = drawn("{{ form }}", form)

    assert '<a href="#id_name">“Name” is empty. Fill it in.</a>' in summary
    assert '<a href="#id_setting_0">“Setting” is empty. Choose one.</a>' in summary
    assert "“Name” is empty. Fill it in." in rows
    assert 'id="id_setting_0"' in rows


def test_the_error_of_a_hidden_field_is_said_without_a_link():
    summary = drawn("{% error_summary form %}", CohortForm({"name": "A", "setting": "in"}))

    assert "There is a problem" in summary
    assert "<a " not in summary


def test_a_form_that_was_not_sent_has_no_summary():
    assert drawn("{% error_summary form %}", CohortForm()).strip() == ""


@pytest.mark.django_db
def test_an_empty_form_comes_back_with_the_summary_and_a_title_that_says_error(client):
    page = client.post(reverse("account_signup"), {}).content.decode()

    assert "<title>Error: Make an account · Coderounds</title>" in page
    assert "data-error-summary" in page
    assert 'href="#id_name"' in page
