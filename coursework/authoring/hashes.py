"""Has a piece of content changed? SHA-256 over canonical JSON, so that order of keys and white space do not matter."""

import hashlib
import json
from typing import Any


def content_hash(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
