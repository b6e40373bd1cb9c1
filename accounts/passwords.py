"""What makes a password too easy, beyond Django's own validators (NIST SP 800-63B-4: length and a block list)."""

import re
from typing import Any

from django.core.exceptions import ValidationError

# Words of this field that every student would try first.
FIELD_WORDS = re.compile(r"coderounds|medical|coding|coder|icd10cm|icd10|icd|cpt|pcs|hcpcs|password|exam|\d{4}")


class NotOneWordRepeated:
    """Refuse one short piece repeated, and what is nothing but words of the field and a year."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = re.sub(r"[\W_]", "", password.lower())
        repeated = re.fullmatch(r"(.{1,8})\1+", plain)
        if repeated or len(FIELD_WORDS.sub("", plain)) < 4:
            raise ValidationError("Choose less usual words: this is one of the first guesses.", "password_too_easy")

    def get_help_text(self) -> str:
        return "Four or five unrelated words make a good password."
