"""Files that an institution admin supplies on the page: kept between the check and the load, then removed."""

import re
import secrets
import shutil
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Institution, User
from accounts.roles import Capability
from codesets.loaders.archive import LARGEST_TOGETHER, Refused

TOKEN = re.compile(r"[0-9a-f]{32}")
UNSAFE = re.compile(r"[^\w.() -]")


def institution_of(user: User) -> Institution | None:
    """The institution for which this person loads code sets; None for everybody else."""
    return Institution.objects.allowing(user, Capability.LOAD_CODE_SETS).first()


def keep(supplied: UploadedFile) -> str:
    """The token under which the file waits for the load. Its published name is kept: it says the year."""
    if supplied.size is None or supplied.size > LARGEST_TOGETHER:
        raise Refused(f"{supplied.name} is larger than any official file.")
    token = secrets.token_hex(16)
    folder = _folder() / token
    folder.mkdir(parents=True)
    with (folder / UNSAFE.sub("_", PurePath(supplied.name or "file").name)).open("wb") as kept:
        for chunk in supplied.chunks():
            kept.write(chunk)
    return token


def kept(token: str) -> Path:
    folder = _folder() / token
    if not TOKEN.fullmatch(token) or not folder.is_dir():
        raise Refused("The file is no longer here: choose it again.")
    return next(folder.iterdir())


def forget(token: str) -> None:
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder() / token, ignore_errors=True)


def forget_all_but(held: set[str], *, before: datetime) -> None:
    """What no row holds any more, or never did; a file that is just being kept has no row yet."""
    for folder in _folder().glob("*"):
        if folder.name not in held and folder.stat().st_mtime < before.timestamp():
            forget(folder.name)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "uploads"
