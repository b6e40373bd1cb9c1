from django.urls import include, path

urlpatterns = [
    path("", include("quizzes.forms.urls")),
    path("", include("quizzes.sitting.urls")),
    path("", include("quizzes.scoring.urls")),
]
