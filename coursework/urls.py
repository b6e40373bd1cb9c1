"""Addresses of lessons, cases, the workspace and the code book."""

from django.urls import path

from coursework.book import views as book
from coursework.cases import views as cases
from coursework.lessons import views as lessons
from coursework.practice import views as practice

urlpatterns = [
    # Lessons
    path("learn/", lessons.lessons, name="lessons"),
    path("learn/<slug:slug>/", lessons.lesson, name="lesson"),
    path("learn/<slug:slug>/checks/<slug:check_slug>/", lessons.check, name="check"),
    # Cases
    path("practise/", cases.cases, name="cases"),
    path("practise/<slug:slug>/", cases.case, name="case"),
    path("practise/<slug:slug>/start/", cases.start, name="start_attempt"),
    # The workspace
    path("attempts/<int:pk>/", practice.attempt, name="attempt"),
    path("attempts/<int:pk>/lines/", practice.add_line, name="add_line"),
    path("attempts/<int:pk>/lines/<int:line>/poa/", practice.set_poa, name="set_poa"),
    path("attempts/<int:pk>/lines/<int:line>/move/", practice.move_line, name="move_line"),
    path("attempts/<int:pk>/lines/<int:line>/remove/", practice.remove_line, name="remove_line"),
    path("attempts/<int:pk>/undo/", practice.undo_remove, name="undo_remove"),
    path("attempts/<int:pk>/submit/", practice.submit, name="submit_attempt"),
    path("attempts/<int:pk>/feedback/", practice.feedback, name="feedback"),
    # The code book
    path("codes/", book.code_search, name="code_search"),
    path("codes/icd10cm/<str:code>/", book.code, name="code"),
    path("codes/icd10cm/<str:label>/<str:code>/", book.code, name="code_in_release"),
]
