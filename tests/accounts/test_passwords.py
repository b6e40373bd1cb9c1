"""A password is judged by its length and by what everybody tries first, never by its composition."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

GOOD = [
    "correct horse battery staple",
    "x" + "9fK2".join("qwpzmvlt") + "end",
    "läufer über brücken im märz",
    "lantern-harbor-maple",
    "🦉 owls read charts at night",
]
BAD = [
    "fourteen chars",
    "medicalcoding2026",
    "icd10cmicd10cm10",
    "passwordpassword",
    "aaaaaaaaaaaaaaa",
    "codingexam2026cpc",
    "tia.romero@example.org",
    "abcabcabcabcabcabc",
]


@pytest.mark.parametrize("password", GOOD)
def test_a_long_phrase_is_accepted(password):
    validate_password(password)


@pytest.mark.parametrize("password", BAD)
def test_a_first_guess_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="tia.romero@example.org", name="Tia Romero"))
