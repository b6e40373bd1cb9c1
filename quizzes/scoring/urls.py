"""Addresses of reports and results."""

from django.urls import path

from quizzes.scoring import views

urlpatterns = [
    # Students
    path("exams/sittings/<uuid:public_id>/report/", views.sitting_report, name="sitting_report"),
    # Instructors
    path("teach/exams/<int:pk>/", views.administration_results, name="administration_results"),
    path("teach/exams/<int:pk>/release/", views.release_scores, name="release_scores"),
]
