"""Static files by content hash, ES module imports included: `import` works without an import map or a build."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ManifestStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = False
