"""The forms of the code book: its search, and what a learner leaves on a page."""

from django import forms

from coursework.book.models import Mark

LABEL, NOTE, QUOTE = 24, 2000, 500


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Code or words",
        max_length=100,
        widget=forms.TextInput(attrs={"data-key-action": "search", "aria-keyshortcuts": "/"}),
    )
    on = forms.DateField(
        label="Date of service or discharge",
        required=False,
        help_text="It decides the release.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def query(self) -> str:
        return self.cleaned_data.get("q", "").strip() if self.is_valid() else ""


class TabForm(forms.Form):
    text = forms.CharField(label="Label of the tab", max_length=LABEL, widget=forms.TextInput(attrs={"size": 16}))


class NoteForm(forms.Form):
    text = forms.CharField(label="Note", max_length=NOTE, widget=forms.Textarea(attrs={"rows": 4}))


class HighlightForm(forms.Form):
    text = forms.CharField(max_length=QUOTE, widget=forms.HiddenInput)
    before = forms.CharField(max_length=40, required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=40, required=False, strip=False, widget=forms.HiddenInput)


MARK_FORMS = {Mark.Kind.TAB: TabForm, Mark.Kind.NOTE: NoteForm, Mark.Kind.HIGHLIGHT: HighlightForm}


def mark_form(kind: str, *given: object, **options: object) -> forms.Form:
    return MARK_FORMS[Mark.Kind(kind)](*given, auto_id=f"{kind}-%s", **options)


class MarksFilter(forms.Form):
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *Mark.Kind.choices])
    q = forms.CharField(label="Words", required=False, max_length=100)
