"""Make a school, a cohort in it, and its first instructor, who must have an account. Safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from accounts import zones
from accounts.membership import join_cohort, open_cohort
from accounts.models import Institution, User
from accounts.roles import Role


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", help="the name of the institution")
        parser.add_argument("cohort", help="the name of the class")
        parser.add_argument("instructor", help="the e-mail address of the instructor's account")
        parser.add_argument("--zone", help="the time zone of the school, as in America/New_York; otherwise UTC")

    def handle(self, *, school: str, cohort: str, instructor: str, zone: str | None, **options: Any) -> None:
        user = User.objects.filter(email=instructor.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has an account with {instructor}. Let the instructor sign up first.")
        if zone and not zones.is_known(zone):
            raise CommandError(f"{zone} is no time zone. Write a region and a place, as in America/New_York.")
        opened = open_cohort(_school(school.strip(), zone), cohort)
        join_cohort(user, opened, now=timezone.now(), role=Role.INSTRUCTOR)
        self.stdout.write(f"{user} teaches {opened}. Students join with the code {opened.join_code}.")


def _school(name: str, zone: str | None) -> Institution:
    """The school of exactly this name, made where it is missing; the zone is set where one is given."""
    slug = slugify(name)
    if not slug:
        raise CommandError(f"“{name}” has no Latin letter or digit to know the school by. Add some, as in (Tokyo).")
    if slug == Institution.Kind.CATALOGUE:
        raise CommandError(f"“{name}” is kept for the catalogue of shipped content. Give the school a longer name.")
    found, _ = Institution.objects.get_or_create(slug=slug, defaults={"name": name})
    if found.name != name:
        raise CommandError(f"“{name}” reads like the school “{found.name}”. Write that name, or choose a clearer one.")
    if zone:
        found.time_zone = zone
        found.save(update_fields=["time_zone"])
    return found
