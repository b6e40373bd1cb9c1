"""What the browser tests need from outside: Playwright, axe and a Chromium. Imports without any of them."""

import os
import shutil
from importlib.util import find_spec

PROGRAMS = ["chromium", "chromium-browser", "google-chrome"]
PACKAGES = ["playwright", "pytest_playwright", "axe_playwright_python"]

if find_spec("playwright"):
    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
else:
    BrowserContext = ConsoleMessage = Locator = Page = expect = None

if find_spec("axe_playwright_python"):
    from axe_playwright_python.sync_playwright import Axe
else:
    Axe = None

__all__ = ["Axe", "BrowserContext", "ConsoleMessage", "Locator", "Page", "expect", "program", "what_is_missing"]


def program() -> str:
    """The path of Chromium, or nothing."""
    named = os.environ.get("CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, PROGRAMS)), "")


def what_is_missing() -> str:
    if any(find_spec(package) is None for package in PACKAGES):
        return "The browser tests need the packages of requirements-e2e.txt: install them into .venv first."
    if not shutil.which(program() or "chromium"):
        return "The browser tests need Chromium: put it on the PATH, or its path into the variable CHROMIUM."
    return ""
