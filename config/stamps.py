"""Has anything that a step reads changed since the step last succeeded? Standard library only, as run.py needs it."""

import hashlib
from pathlib import Path


def fingerprint(root: Path, patterns: list[str], *more: str) -> str:
    """Names and contents of the files below `root` that match, and whatever else the step depends on."""
    digest = hashlib.sha256("".join(more).encode())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def has_stamp(folder: Path, name: str, wanted: str) -> bool:
    stamp = folder / "stamps" / name
    return stamp.is_file() and stamp.read_text() == wanted


def set_stamp(folder: Path, name: str, reached: str) -> None:
    (folder / "stamps").mkdir(parents=True, exist_ok=True)
    (folder / "stamps" / name).write_text(reached)
