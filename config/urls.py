"""Every address of the site. A new one needs its row in tests/architecture/test_access.py."""

from django.urls import include, path

from config import health, pages

urlpatterns = [
    # Operation
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # The site itself
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("keys/", pages.keyboard, name="keyboard"),
    # People
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    # Learn and practise
    path("", include("coursework.urls")),
    path("", include("codesets.urls")),
    # Exams
    path("", include("quizzes.urls")),
    # Teach
    path("", include("cohorts.urls")),
]
