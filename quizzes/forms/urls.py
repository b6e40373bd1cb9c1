"""Addresses of the exams and their rules."""

from django.urls import path

from quizzes.forms import views

urlpatterns = [
    path("exams/", views.exams, name="exams"),
    path("exams/<int:pk>/", views.exam, name="exam"),
    path("exams/<int:pk>/start/", views.start_sitting, name="start_sitting"),
]
