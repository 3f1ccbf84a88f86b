from django.urls import path

from groups import views

app_name = "groups"

urlpatterns = [
    path("svar/takk/<slug:code>/", views.answered, name="answered"),
    path("svar/sporsmal/<str:token>/", views.question, name="question"),
    path("svar/<str:token>/", views.answer, name="answer"),
]
