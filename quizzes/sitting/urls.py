"""Addresses of one sitting. A slot means the same item for everybody; an item is where one sitting shows it."""

from django.urls import include, path

from quizzes.sitting import saving, views

urlpatterns = [
    path(
        "exams/sittings/<uuid:public_id>/",
        include(
            [
                path("", views.sitting, name="sitting"),
                path("items/<int:position>/", views.sitting_item, name="sitting_item"),
                path("slots/<int:position>/", saving.save_answer, name="save_answer"),
                path("slots/<int:position>/flag/", saving.flag_item, name="flag_item"),
                path("review/", views.review_sitting, name="review_sitting"),
                path("submit/", views.submit_sitting, name="submit_sitting"),
                path("receipt/", views.sitting_receipt, name="sitting_receipt"),
                path("clock/", views.sitting_clock, name="sitting_clock"),
            ]
        ),
    ),
]
