"""Make a school, a cohort in it, and its first instructor, who must have an account. Safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from accounts.membership import join_cohort, open_cohort
from accounts.models import Institution, User
from accounts.roles import Role


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", help="the name of the institution")
        parser.add_argument("cohort", help="the name of the class")
        parser.add_argument("instructor", help="the e-mail address of the instructor's account")

    def handle(self, *args: Any, school: str, cohort: str, instructor: str, **options: Any) -> None:
        user = User.objects.filter(email=instructor.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has an account with {instructor}. Let the instructor sign up first.")
        institution, _ = Institution.objects.get_or_create(slug=slugify(school), defaults={"name": school})
        opened = open_cohort(institution, cohort)
        join_cohort(user, opened, now=timezone.now(), role=Role.INSTRUCTOR)
        self.stdout.write(f"{user} teaches {opened}. Students join with the code {opened.join_code}.")
