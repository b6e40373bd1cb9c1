"""A site that is set up wrongly stops with one sentence; a demo never serves strangers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "a folder")}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.SECRET_KEY)"],
        cwd=ROOT, env=clean | env, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"DEMO": "1", "ALLOWED_HOSTS": "coderounds.example.org"}, "DEMO=1 serves this machine only"),
        ({"DEMO": "perhaps"}, "DEMO is 'perhaps': write 1 or 0."),
        ({"DEMO": "1", "EMAIL_PORT": "smtp"}, "EMAIL_PORT is 'smtp': write a whole number."),
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
