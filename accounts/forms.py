"""Forms about the person and the cohorts they join."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest

from accounts.models import Cohort, User


class SignupForm(AllauthSignupForm):
    name = forms.CharField(
        label="Your name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Your instructor sees this name.",
    )
    field_order = ["name", "email", "password1"]

    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        return user


class JoinForm(forms.Form):
    code = forms.CharField(
        label="Join code",
        max_length=20,
        help_text="Your instructor gives it to you, for example K7-MAPLE.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> Cohort:
        code = "".join(self.cleaned_data["code"].upper().split())
        cohort = Cohort.objects.select_related("institution").filter(join_code=code).first()
        if cohort is None:
            raise forms.ValidationError(
                "No cohort has the code “%(code)s”. Check it with your instructor, letter by letter.",
                code="unknown_join_code",
                params={"code": code},
            )
        return cohort


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields: Any = ["name", "theme", "uses_single_keys"]
        labels = {"name": "Your name"}
        help_texts = {"uses_single_keys": "Turn this off if you speak to your computer or press keys by accident."}
        widgets = {"theme": forms.RadioSelect}
