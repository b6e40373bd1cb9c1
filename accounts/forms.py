"""Forms about the person and the cohorts they join."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest

from accounts import zones
from accounts.models import Cohort, User

LABELS = {"login": "E-mail", "email": "E-mail", "remember": "Keep me logged in on this device"}
PHRASE_HINT = "At least 15 characters. Four or five unrelated words make a good password."


class PlainFields:
    """Allauth's fields in the words of this site, without placeholders that repeat the label."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        if "password1" in self.fields:
            self.fields["password1"].help_text = PHRASE_HINT


class LoginForm(PlainFields, allauth.LoginForm):
    pass


class ResetPasswordForm(PlainFields, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainFields, allauth.ChangePasswordForm):
    pass


class AddEmailForm(PlainFields, allauth.AddEmailForm):
    pass


class SignupForm(PlainFields, allauth.SignupForm):
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
    time_zone = forms.ChoiceField(
        label="Time zone", choices=zones.choices, help_text="Exams, deadlines and saves are shown in its time."
    )

    class Meta:
        model = User
        fields: Any = ["name", "time_zone", "theme", "uses_single_keys"]
        labels = {"name": "Your name"}
        help_texts = {"uses_single_keys": "Turn this off if you speak to your computer or press keys by accident."}
        widgets = {"theme": forms.RadioSelect}
