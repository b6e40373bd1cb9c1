from django.urls import path

from cohorts.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("teach/", views.teach, name="teach"),
    path("teach/cohorts/<int:pk>/", views.cohort, name="cohort"),
]
