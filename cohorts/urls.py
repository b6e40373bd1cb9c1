"""Addresses of the start page, of classes, and of what new code sets mean for content."""

from django.urls import path

from cohorts.code_changes import views as code_changes
from cohorts.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("teach/", views.teach, name="teach"),
    path("teach/code-changes/", code_changes.code_changes, name="code_changes"),
    path("teach/cohorts/<int:pk>/", views.cohort, name="cohort"),
]
