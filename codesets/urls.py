"""The picker and the loading of code sets; the book's pages are in coursework."""

from django.urls import path

from codesets import views
from codesets.supply import views as supply

urlpatterns = [
    # Picker
    path("codes/find/", views.find_codes, name="find_codes"),
    # Loading, for institution admins
    path("codes/sets/", supply.code_sets, name="code_sets"),
    path("codes/sets/supplied/<int:pk>/", supply.supplied, name="supplied"),
    path("codes/sets/supplied/<int:pk>/load/", supply.load_code_set, name="load_code_set"),
    path("codes/sets/supplied/<int:pk>/discard/", supply.discard_supplied, name="discard_supplied"),
    path("codes/sets/supplied/<int:pk>/now/", supply.work_now, name="work_now"),
    path("codes/licence/", supply.cpt_licence, name="cpt_licence"),
]
