"""What an admin supplies, and the licence that an institution records."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Institution
from codesets import wording
from codesets.models import CptLicence


class SupplyForm(forms.Form):
    supplied = forms.FileField(label="Official file", help_text=wording.SUPPLY_HINT)


class LicenceForm(forms.ModelForm):
    attested = forms.BooleanField(label=wording.ATTESTATION)

    class Meta:
        model = CptLicence
        fields: Any = ["holder", "number", "users", "year", "valid_from", "valid_to"]
        labels = {
            "number": "Licence number",
            "users": "Licensed people",
            "year": "CPT year",
            "valid_from": "First day",
            "valid_to": "Last day",
        }
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("valid_from", "valid_to")}

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if CptLicence.objects.filter(institution=self.institution, year=year).exists():
            raise forms.ValidationError(wording.LICENCE_TWICE, code="licence_twice")
        return year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("valid_from", date.min), cleaned.get("valid_to", date.max)
        if last < first:
            self.add_error("valid_to", forms.ValidationError(wording.DATES_TURNED, code="dates_turned"))
        return cleaned
