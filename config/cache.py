"""The cache of a site without Redis: files. The counters that stop guessing at passwords live in it."""

import contextlib

from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's own, except that a full cache loses what has expired before anything that still counts."""

    def _cull(self) -> None:
        paths = self._list_cache_files()
        if len(paths) < self._max_entries:
            return
        for path in paths:
            with contextlib.suppress(FileNotFoundError), open(path, "rb") as entry:
                self._is_expired(entry)  # which deletes it
        super()._cull()
