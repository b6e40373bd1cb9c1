"""Answer a check inside a lesson."""

from datetime import datetime

from accounts.models import User
from coursework.lessons.models import Check, CheckAnswer


class UnknownOption(ValueError):
    """The check has no such option."""


def answer_check(check: Check, user: User, option_id: str, *, now: datetime) -> CheckAnswer:
    option = check.option(option_id)
    if option is None:
        raise UnknownOption("Choose one of the answers, then check it.")
    return CheckAnswer.objects.create(
        check_in_lesson=check, user=user, option=option_id, is_right=bool(option.get("right")), answered_at=now
    )
