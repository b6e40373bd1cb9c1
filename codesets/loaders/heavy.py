"""The one place where a package is imported only when it is needed: spreadsheets and PDFs are seldom loaded."""

import importlib
from types import ModuleType

from codesets.loaders.archive import Refused


def package(name: str, needed_for: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        raise Refused(
            f"The package {name} is not installed: install requirements.txt to read {needed_for}."
        ) from problem
