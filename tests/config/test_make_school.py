"""A school of its own begins with its instructor, and its name is its own."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Cohort, Institution


def make(school: str, instructor: str, *more: str) -> None:
    call_command("make_school", school, "Spring class", instructor, *more)


def test_a_school_of_its_own_begins_with_its_instructor(ines, capsys):
    make("North College", ines.email)

    assert "Ines teaches Spring class. Students join with the code" in capsys.readouterr().out


def test_an_instructor_without_an_account_is_told_to_sign_up(db):
    with pytest.raises(CommandError, match="sign up first"):
        make("North College", "nobody@example.org")


def test_making_a_school_again_changes_nothing(ines):
    make("North College", ines.email)
    make("North College", ines.email)

    assert Cohort.objects.get(institution__name="North College").memberships.count() == 1


def test_a_name_that_reads_like_another_school_is_refused(ines):
    make("Saint-Mary", ines.email)

    with pytest.raises(CommandError, match="reads like the school “Saint-Mary”"):
        make("saint mary", ines.email)


def test_a_name_without_a_latin_letter_is_refused_before_two_share_a_class(ines):
    with pytest.raises(CommandError, match="no Latin letter or digit"):
        make("東京医療学校", ines.email)

    assert not Institution.objects.filter(slug="").exists()


@pytest.mark.parametrize("is_loaded", [True, False])
def test_no_class_gets_into_the_catalogue(ines, is_loaded):
    if is_loaded:
        Institution.objects.catalogue()

    with pytest.raises(CommandError, match="kept for the catalogue"):
        make("Catalogue", ines.email)

    assert not Cohort.objects.filter(name="Spring class").exists()
    assert Institution.objects.catalogue().name == "Coderounds catalogue"


def test_the_zone_of_the_school_becomes_that_of_its_instructor(ines):
    make("North College", ines.email, "--zone", "America/Chicago")

    ines.refresh_from_db()
    assert Institution.objects.get(name="North College").time_zone == "America/Chicago"
    assert ines.time_zone == "America/Chicago"


def test_a_zone_that_does_not_exist_is_named_before_anything_is_made(ines):
    with pytest.raises(CommandError, match="Mars/Base is no time zone"):
        make("North College", ines.email, "--zone", "Mars/Base")

    assert not Institution.objects.filter(name="North College").exists()
