"""The one field of a task."""

from django import forms

from coursework.drills import wording


class AnswerForm(forms.Form):
    """An empty answer is a slip of the key; who gives a task up says so."""

    answer = forms.CharField(
        label="What did you find?",
        max_length=40,
        error_messages={"required": wording.NO_ANSWER},
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
