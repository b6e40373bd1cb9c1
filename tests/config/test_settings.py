"""A site that is set up wrongly stops with one sentence; a demo never serves strangers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(
    tmp_path: Path, shown: str = "s.SECRET_KEY", cwd: Path = ROOT, **env: str
) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "a folder"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", f"import config.settings as s; print({shown})"],
        cwd=cwd, env=clean | env, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"DEMO": "1", "ALLOWED_HOSTS": "coderounds.example.org"}, "DEMO=1 serves this machine only"),
        ({"DEMO": "perhaps"}, "DEMO is 'perhaps': write 1 or 0."),
        ({"DEMO": "1", "EMAIL_PORT": "smtp"}, "EMAIL_PORT is 'smtp': write a whole number."),
        ({"SECRET_KEY_FILE": "/nope"}, "SECRET_KEY_FILE is '/nope': that file cannot be read as text"),
        ({"DEMO": "1", "VAR_DIR": "/dev/null/var"}, "VAR_DIR is '/dev/null/var': that folder cannot be made"),
        ({"DEMO": "1", "DATABASE_URL": "foo"}, "DATABASE_URL is not an address that can be used"),
        ({"DEMO": "1", "DATABASE_URL": "postgres://h:abc/x"}, "DATABASE_URL is not an address that can be used"),
        ({"DEMO": "1", "DATABASE_URL": "mysql://localhost/x"}, "write it like postgres://user:password@host:5432/"),
        ({"DEMO": "1", "CACHE_URL": "foo://x"}, "CACHE_URL is not an address that can be used"),
        ({"DEMO": "1", "CELERY_BROKER_URL": "foo://"}, "CELERY_BROKER_URL is not an address that can be used"),
        ({"DEMO": "1", "EMAIL_BACKEND": "nonsense"}, "EMAIL_BACKEND is 'nonsense': there is no such class"),
        ({"DEMO": "1", "EMAIL_BACKEND": "django.core.mail.Nothing"}, "there is no such class"),
        ({"DEMO": "1", "LOG_LEVEL": "LOUD"}, "LOG_LEVEL is 'LOUD': write one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_a_wrong_setting_stops_the_program_with_a_sentence(tmp_path, env, sentence):
    result = start(tmp_path, **env)

    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_the_demo_makes_its_secret_key_once_and_keeps_it_private(tmp_path):
    first = start(tmp_path, DEMO="1").stdout
    second = start(tmp_path, DEMO="1").stdout

    assert len(first.strip()) >= 50
    assert first == second
    assert (tmp_path / "a folder/secret_key").stat().st_mode & 0o077 == 0


def test_a_secret_may_be_read_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n")

    assert start(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key")).stdout.strip() == "from a file"


def test_the_sentence_about_an_address_keeps_its_password_secret(tmp_path):
    result = start(tmp_path, DEMO="1", DATABASE_URL="postgres://school:lantern#harbor@localhost/school")

    assert "%23" in result.stderr
    assert "lantern" not in result.stderr


def test_an_empty_file_is_an_empty_setting(tmp_path):
    (tmp_path / "empty").touch()

    assert start(tmp_path, "s.EMAIL_HOST", DEMO="1", EMAIL_HOST_FILE=str(tmp_path / "empty")).stdout == "localhost\n"


def test_a_mail_backend_of_the_site_s_own_choice_is_taken(tmp_path):
    chosen = "django.core.mail.backends.console.EmailBackend"

    assert start(tmp_path, "s.EMAIL_BACKEND", DEMO="1", EMAIL_BACKEND=chosen).stdout.strip() == chosen


@pytest.mark.parametrize("name", ["a#b", "why?", "100%25", "two words"])
def test_the_database_lies_in_the_folder_whatever_its_name(tmp_path, name):
    result = start(tmp_path, "s.DATABASE['NAME']", DEMO="1", VAR_DIR=str(tmp_path / name))

    assert result.stdout.strip() == str(tmp_path / name / "db.sqlite3")


def test_a_relative_folder_counts_from_where_the_program_was_started(tmp_path):
    result = start(tmp_path, "s.INDEX_DIR", cwd=tmp_path, DEMO="1", VAR_DIR="mine")

    assert result.stdout.strip() == str(tmp_path / "mine/index")


def test_a_production_site_passes_django_s_own_checks(tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "k" * 20 + "".join(map(str, range(20))) + "abcdefghijk",
        "ALLOWED_HOSTS": "coderounds.example.org",
    }

    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=env, capture_output=True, text=True,
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
