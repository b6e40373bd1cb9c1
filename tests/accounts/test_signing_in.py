"""Signing in: by e-mail, with limits that a class behind one address never meets, and secrets kept encrypted."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import check_password
from django.urls import reverse

from accounts.hashers import Hasher
from accounts.models import User
from config.settings import FILE_CACHE

PASSWORD = "a long enough phrase"


def sign_in(client, email: str, password: str = PASSWORD) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def test_a_new_person_signs_up_with_name_and_e_mail(client, db):
    client.post(reverse("account_signup"), {"name": "Nora Lind", "email": "Nora@Example.org", "password1": PASSWORD})

    user = User.objects.get(email="nora@example.org")
    assert user.name == "Nora Lind"


def test_the_e_mail_may_be_written_in_any_case(client, tia):
    assert sign_in(client, "TIA@example.org") == 302


def test_a_class_of_100_signs_in_behind_one_address(client, evening, db):
    people = [User(email=f"student{number}@example.org") for number in range(100)]
    for user in people:
        user.set_password(PASSWORD)
    User.objects.bulk_create(people)

    answers = {sign_in(client.__class__(), user.email) for user in people}

    assert answers == {302}


def test_guessing_at_one_account_is_stopped(client, tia):
    for _ in range(10):
        sign_in(client, tia.email, "a wrong but long phrase")

    answer = client.post(reverse("account_login"), {"login": tia.email, "password": PASSWORD})

    assert "Too many failed login attempts" in answer.content.decode()


def test_guessing_is_stopped_on_files_too_while_400_others_try_to_log_in(client, rf, tia, settings, tmp_path):
    settings.CACHES = {"default": FILE_CACHE | {"LOCATION": tmp_path}}
    for _ in range(9):
        sign_in(client, tia.email, "a wrong but long phrase")
    for number in range(400):
        attempt = rf.post(reverse("account_login"), REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}")
        get_adapter().pre_authenticate(attempt, email=f"student{number}@example.org", password=PASSWORD)
    sign_in(client, tia.email, "a wrong but long phrase")

    answer = client.post(reverse("account_login"), {"login": tia.email, "password": PASSWORD})

    assert "Too many failed login attempts" in answer.content.decode()


def test_one_student_s_wrong_guesses_do_not_lock_out_another(client, tia, sam):
    for _ in range(10):
        sign_in(client, tia.email, "a wrong but long phrase")

    assert sign_in(client, sam.email) == 302


def test_the_secret_of_one_time_codes_is_not_stored_in_clear(tia):
    secret = generate_totp_secret()

    TOTP.activate(tia, secret)

    assert secret not in str(Authenticator.objects.get(user=tia).data)


def test_the_hasher_in_use_is_argon2id_and_verifies():
    hasher = Hasher()
    encoded = hasher.encode(PASSWORD, hasher.salt())

    assert encoded.startswith("argon2$argon2id$")
    assert hasher.verify(PASSWORD, encoded)
    assert not check_password("another phrase entirely", encoded)
