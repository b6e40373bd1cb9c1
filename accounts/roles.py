"""Who may do what: roles × capabilities, and nowhere else.

A membership gives a role in one cohort, or, without a cohort, in the whole institution. QuerySets of the apps above
ask `Cohort.objects.allowing(user, capability)`, for lists and for single objects alike.
"""

from django.db import models


class Role(models.TextChoices):
    STUDENT = "student", "Student"
    PROCTOR = "proctor", "Proctor"
    INSTRUCTOR = "instructor", "Instructor"
    AUTHOR = "author", "Author"
    REVIEWER = "reviewer", "Reviewer"
    ADMIN = "admin", "Institution admin"


class Capability(models.TextChoices):
    LEARN = "learn", "Read lessons, code practice charts, sit exams"
    WATCH_EXAMS = "watch_exams", "See who sits an exam now"
    SEE_RESULTS = "see_results", "See what students of the cohort scored"
    RELEASE_SCORES = "release_scores", "Release the scores of an exam"
    WRITE_CONTENT = "write_content", "Write cases, items and lessons"
    REVIEW_CONTENT = "review_content", "Review what others wrote"
    MANAGE_PEOPLE = "manage_people", "Manage cohorts and their members"
    LOAD_CODE_SETS = "load_code_sets", "Load official code sets, and those under the institution's licence"
    WEIGH_GRADES = "weigh_grades", "Set how much each part of a grade counts"


C = Capability
CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.STUDENT: frozenset({C.LEARN}),
    Role.PROCTOR: frozenset({C.WATCH_EXAMS}),
    Role.INSTRUCTOR: frozenset({C.LEARN, C.WATCH_EXAMS, C.SEE_RESULTS, C.RELEASE_SCORES}),
    Role.AUTHOR: frozenset({C.LEARN, C.WRITE_CONTENT}),
    Role.REVIEWER: frozenset({C.LEARN, C.REVIEW_CONTENT}),
    Role.ADMIN: frozenset(C),
}


def roles_with(capability: Capability) -> list[Role]:
    return [role for role, capabilities in CAPABILITIES.items() if capability in capabilities]
