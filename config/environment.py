"""Read typed settings from the environment, and say in one sentence which one is wrong.

Standard library only: run.py reads the same settings before the packages are there.
"""

import os
import secrets
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
# Each may stand in a file of its own, which NAME_FILE names.
NAMES = {
    "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "BEHIND_PROXY", "TRUSTED_PROXY_COUNT", "DEMO", "DEBUG",
    "VAR_DIR", "DATABASE_URL", "CONN_MAX_AGE", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_BACKEND", "EMAIL_HOST",
    "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL", "HEALTH_TOKEN",
    "LOG_LEVEL", "CPT_CONTENT",
}  # fmt: skip


class WrongSetting(SystemExit):
    """A setting that cannot be used; the program stops with the sentence."""


def without_files(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with every NAME_FILE read into NAME, so that all who look at it see the same site."""
    read = {name: content(name, environ[f"{name}_FILE"]) for name in NAMES if environ.get(f"{name}_FILE")}
    files = {f"{name}_FILE" for name in NAMES}
    return {name: value for name, value in environ.items() if name not in files} | read


def content(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{name}_FILE is {path!r}: that file cannot be read as text ({error}).") from error


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    value = content(name, path) if path else os.environ.get(name, "")
    return value.strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in TRUE | FALSE:
        raise WrongSetting(f"{name} is {value!r}: write 1 or 0.")
    return value in TRUE


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise WrongSetting(f"{name} is {value!r}: write a whole number.")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def one_of(name: str, default: str, words: list[str]) -> str:
    value = text(name, default).upper()
    if value not in words:
        raise WrongSetting(f"{name} is {value!r}: write one of {', '.join(words)}.")
    return value


def address(name: str, default: str = "", *, schemes: set[str], like: str) -> str:
    """A URL of one of the schemes. The sentence does not repeat it: there may be a password in it."""
    value = text(name, default)
    if value and not (is_url(value) and urlsplit(value).scheme in schemes):
        raise WrongSetting(
            f"{name} is not an address that can be used: write it like {like}, "
            "and signs such as # or / inside a password as %23 or %2F."
        )
    return value


def is_url(value: str) -> bool:
    try:
        urlsplit(value).port  # noqa: B018 (what is wrong with host or port is raised here)
    except ValueError:
        return False
    return True


def class_path(name: str, default: str) -> str:
    """The dotted name of a class; one that is not the default is looked up."""
    value = text(name, default)
    module, _, found = value.rpartition(".")
    try:
        if value != default:
            getattr(import_module(module), found)
    except (ImportError, AttributeError, ValueError) as error:
        raise WrongSetting(f"{name} is {value!r}: there is no such class, write one like {default}.") from error
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that exists; a relative one counts from where the program was started."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"{name} is {str(path)!r}: that folder cannot be made ({error.strerror}).") from error
    return path


def secret_key(path: Path, *, may_create: bool) -> str:
    """SECRET_KEY from the environment; for the demo and tests, made once and kept in `path`."""
    if key := text("SECRET_KEY"):
        return key
    if not may_create:
        raise WrongSetting("SECRET_KEY is not set: give the site a long random SECRET_KEY, or set DEMO=1 for a demo.")
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
