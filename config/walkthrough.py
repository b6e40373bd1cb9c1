"""Walk one student and the instructor through a running demo, over HTTP as a browser without script would.

`run.py demo --check` starts it with the address, and the log-ins on standard input. It prints what it saw with the
seconds of each step and exits 0, or 1 with what was missing. It knows no table and no template: it reads headings,
follows links and fills in the forms that it finds. Standard library only.
"""

import contextlib
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

# Two codes that belong on most sheets of a diabetes review, and one that is too general.
CODES = ["E11.22", "N18.31", "E11.9"]
LOG_IN = re.compile(r"^(Student|Instructor)\s+(\S+@\S+)\s+(\S+)$", re.MULTILINE)
PER_CENT = r"\d+(\.\d)?\s%"
VERDICT = re.compile(r"(Right|Less specific|Another condition|Missed|Extra|Not supported) [A-Z]\d\w[.\w]* ")
SLOT = re.compile(r"/slots/\d+/(?=\s|$)")
SILENT_TAGS = {"script", "style", "svg", "template"}


class NotSeen(Exception):
    """What a page should have shown and did not."""


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)  # what radio buttons and check boxes offer
    buttons: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""


class Page(HTMLParser):
    """The text, links and forms of one page."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url, self.text, self.heading = url, "", ""
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.inside: list[str] = []
        self.feed(html)
        self.text = " ".join(self.text.split())
        self.heading = " ".join(self.heading.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside.append(tag)
        if tag == "a" and "href" in given:
            self.links.append((urljoin(self.url, given["href"]), ""))
        if tag == "form":
            action = urljoin(self.url, given.get("action", "") or self.url)
            self.forms.append(Form(action, given.get("method", "get").lower()))
        if self.forms and tag in {"input", "button", "select", "option"}:
            self.add_control(self.forms[-1], tag, given)

    def add_control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "")
        if tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "input" and kind in {"radio", "checkbox"}:
            form.options.setdefault(name, []).append(value)
        elif tag == "input" and name and kind != "submit":
            form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, text: str) -> None:
        if SILENT_TAGS & set(self.inside):
            return
        self.text += f" {text}"
        if "h1" in self.inside:
            self.heading += text
        if "form" in self.inside and self.forms:
            self.forms[-1].text += text
        if "a" in self.inside and self.links:
            href, said = self.links[-1]
            self.links[-1] = (href, f"{said} {text}".strip())

    def link(self, pattern: str) -> str:
        return self.link_list(pattern)[0]

    def link_list(self, pattern: str) -> list[str]:
        """The different addresses whose path matches, in the order of the page."""
        found = list(dict.fromkeys(href for href, _ in self.links if re.search(pattern, urlsplit(href).path)))
        if not found:
            raise NotSeen(f"{self.url} has no link to {pattern}; it says: {self.text[:300]}")
        return found

    def form(self, pattern: str) -> Form:
        posted = [form for form in self.forms if form.method == "post"]
        found = next((form for form in posted if re.search(pattern, urlsplit(form.action).path)), None)
        if found is None:
            raise NotSeen(f"{self.url} has no form for {pattern}; it says: {self.text[:300]}")
        return found

    @property
    def actions(self) -> str:
        return " ".join(urlsplit(form.action).path for form in self.forms)

    def said(self, pattern: str) -> str:
        """The words of the page that match."""
        found = re.search(pattern, self.text)
        if found is None:
            raise NotSeen(f"{self.url} does not say {pattern!r}; it says: {self.text[:600]}")
        return found[0]


class Browser:
    """One person's cookies."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))

    def get(self, url: str) -> Page:
        return self.read(Request(urljoin(self.site, url)))  # noqa: S310

    def send(self, form: Form, **filled: str | list[str]) -> Page:
        pairs = [(name, value) for name, value in form.fields if name not in filled]
        for name, value in filled.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self.read(Request(form.action, urlencode(pairs).encode()))  # noqa: S310

    def read(self, request: Request) -> Page:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Page(answer.url, answer.read().decode())
        except HTTPError as error:
            said = Page(request.full_url, error.read().decode(errors="replace")).text[:300]
            raise NotSeen(f"{request.full_url} answered {error.code}: {said}") from error


@contextlib.contextmanager
def step(name: str) -> Iterator[list[str]]:
    started = time.monotonic()
    seen: list[str] = []
    yield seen
    print(f"{time.monotonic() - started:6.2f} s  {name}: {'; '.join(seen)}", flush=True)


def sign_in(site: str, email: str, password: str) -> Browser:
    browser = Browser(site)
    with step(f"{email} signs in") as seen:
        form = browser.get("/accounts/login/").form("/accounts/login/")
        page = browser.send(form, login=email, password=password)
        if "/accounts/login/" in page.url:
            raise NotSeen(f"{email} could not sign in: {page.text[:300]}")
        seen.append(page.heading)
    return browser


def read_lesson(student: Browser) -> None:
    with step("Lesson") as seen:
        page = student.get(student.get("/learn/").link(r"^/learn/[\w-]+/$"))
        seen.append(page.heading)
        form = page.form("/checks/")
        name, offered = next(iter(form.options.items()))
        answered = student.send(form, **{name: offered[0]})
        seen.append(f"a check answered: {answered.said(r'(Right|Not this one)')}, and {answered.said('Rule to keep')}")


def code_chart(student: Browser) -> None:
    with step("Chart") as seen:
        page = student.get(student.get("/practise/").link(r"^/practise/[\w-]+/$"))
        seen.append(page.heading)
        page = student.send(page.form("/start/$"))
        for code in CODES:
            if code not in page.text:
                page = student.send(page.form("/lines/$"), code=code)
        page = student.send(page.form("/submit/$"))
        if not page.url.endswith("/feedback/"):
            raise NotSeen(f"The submitted chart led to {page.url}; it says: {page.text[:300]}")
        verdicts = ", ".join(VERDICT.findall(page.text))
        page.said(VERDICT.pattern)
        seen.append(f"graded with {page.said(PER_CENT)}, line by line: {verdicts}")


def sit_exam(student: Browser) -> str:
    """The address of the student's own report."""
    with step("Exam") as seen:
        page = student.get(student.get("/exams/").link(r"^/exams/\d+/$"))
        seen.append(page.heading)
        page = student.send(page.form("/start/$"))
        answered = 0
        while SLOT.search(page.actions):
            page = answer_item(student, page)
            answered += 1
        page = student.send(page.form("/submit/$"))
        seen.append(f"{answered} items answered and submitted")
        seen.append(f"the receipt says {page.heading}")
    return page.url.replace("/receipt/", "/report/")


def answer_item(student: Browser, page: Page) -> Page:
    form = page.form(SLOT.pattern)
    wanted = re.search(r"of (\d+) chosen", page.text)
    name, offered = next(iter(form.options.items()))
    return student.send(form, **{name: offered[: int(wanted[1]) if wanted else 1], "go": "next"})


def release_scores(instructor: Browser) -> None:
    with step("Instructor") as seen:
        page = instructor.get(instructor.get("/teach/").link(r"^/teach/cohorts/\d+/$"))
        seen.append(f"{page.heading}, with the chart's {page.said(PER_CENT)}")
        page = instructor.get(page.link(r"^/teach/exams/\d+/$"))
        seen.append(f"{page.heading}, with the exam's {page.said(PER_CENT)}")
        page = instructor.send(page.form("/release/$"))
        seen.append(page.said(r"scores are released"))


def read_report(student: Browser, report: str) -> None:
    with step("Score report") as seen:
        page = student.get(report)
        seen.append(f"{page.heading}: {page.said(PER_CENT)}")


def walk(site: str, people: dict[str, tuple[str, str]]) -> None:
    student = sign_in(site, *people["Student"])
    read_lesson(student)
    code_chart(student)
    report = sit_exam(student)
    with step("Before the release") as seen:
        seen.append(student.get(report).said("scores are not released yet"))
    release_scores(sign_in(site, *people["Instructor"]))
    read_report(student, report)


def main(site: str, log_ins: str) -> int:
    people = {role: (email, password) for role, email, password in reversed(LOG_IN.findall(log_ins))}
    started = time.monotonic()
    try:
        walk(site, people)
    except (NotSeen, OSError, KeyError) as problem:
        print(f"The walk ended early. {problem}", flush=True)
        return 1
    print(f"{time.monotonic() - started:6.2f} s  The whole way works.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.read()))
