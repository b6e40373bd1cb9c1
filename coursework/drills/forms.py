"""The one field of a task."""

from django import forms

from coursework.drills import wording


class AnswerForm(forms.Form):
    """An empty answer is a slip of the key; who gives a task up passes."""

    answer = forms.CharField(
        label="What did you find?",
        max_length=40,
        help_text=wording.HINT,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
