"""Where the product uses a code: lessons that name it, and charts that this learner has coded and handed in."""

from accounts.models import User
from codesets.models import Code
from coursework.cases.models import Case, KeyLine
from coursework.lessons.models import Lesson
from coursework.practice.models import Attempt


def lessons_naming(code: Code, user: User) -> list[Lesson]:
    return list(Lesson.objects.visible_to(user).filter(body__contains=f"{{icd10cm:{code.dotted}}}").defer("body"))


def cases_using(code: Code, user: User) -> list[Case]:
    """Cases with this code in their key, among those that this learner has submitted: the book gives no key away."""
    keyed = KeyLine.objects.filter(code=code.dotted, line_class=KeyLine.LineClass.REQUIRED)
    coded = Attempt.objects.filter(user=user, case_version__keys__lines__in=keyed).submitted()
    return list(Case.objects.visible_to(user).with_current().filter(versions__attempts__in=coded).distinct())
