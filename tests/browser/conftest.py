"""A Chromium for the session, a fresh context per visitor, and a database in a file, which threads can share."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.architecture.conftest import addresses, world  # noqa: F401
from tests.browser.chromium import BrowserContext, Page, program, what_is_missing
from tests.quizzes.conftest import catalogue, form, mock, now, sitting  # noqa: F401

BY_THEMSELVES = "The browser tests need a database in a file. Run them by themselves: python3 run.py test -m browser"
BROKEN_PAGE = ("Content Security Policy", "Content-Security-Policy", "Refused to")
Visit = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if missing := what_is_missing():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    # Chromium's own sandbox does not start for root; its own calls home would only cost time.
    return {"executable_path": program(), "args": ["--no-sandbox", "--disable-background-networking"]}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The server's threads share one database with the test: in memory they would share one transaction, too."""
    # Playwright keeps an event loop in this thread for the rest of the session, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def visit(live_server: Any, new_context: Any) -> Iterator[Visit]:
    """visit(sam) is a page on which Sam is logged in; visit() is a stranger's. Each has a context of its own.

    No page of any story may run into an uncaught error or against the Content Security Policy.
    """
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.fail(BY_THEMSELVES)
    broken: list[str] = []

    def visit(user: User | None = None, **options: Any) -> Page:
        context = new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768}, **options)
        context.set_default_timeout(8000)
        context.on("weberror", lambda fault: broken.append(f"{fault.page.url}: {fault.error}"))
        context.on("console", lambda said: broken.append(said.text) if is_broken(said.text) else None)
        if user is not None:
            log_in(context, user, live_server.url)
        return context.new_page()

    yield visit

    assert broken == []


def is_broken(text: str) -> bool:
    return any(words in text for words in BROKEN_PAGE)


def log_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url, "httpOnly": True}])
