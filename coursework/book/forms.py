"""The search of the code book."""

from django import forms


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
