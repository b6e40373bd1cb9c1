"""The picker's addresses; the book's pages are in coursework."""

from django.urls import path

from codesets import views

urlpatterns = [
    # Picker
    path("codes/find/", views.find_codes, name="find_codes"),
]
