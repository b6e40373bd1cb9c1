"""Read typed settings from the environment, and say in one sentence which one is wrong."""

import os
import secrets
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class WrongSetting(SystemExit):
    """A setting that cannot be used; the program stops with the sentence."""


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "").strip() or default


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


def secret_key(path: Path, *, may_create: bool) -> str:
    """SECRET_KEY from the environment; for the demo and tests, made once and kept in `path`."""
    if key := text("SECRET_KEY"):
        return key
    if not may_create:
        raise WrongSetting("SECRET_KEY is not set: give the site a long random SECRET_KEY, or set DEMO=1 for a demo.")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
