"""Static files by content hash, ES module imports included: `import` works without an import map or a build."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class AppFiles(AppDirectoriesFinder):
    """The files of every app, without the htmx extensions: nothing uses them, and their comments look like imports."""

    def list(self, ignore_patterns: list[str] | None) -> Iterator[Any]:
        return super().list([*(ignore_patterns or []), "ext"])


class ManifestStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = False
