from django.urls import path

from groups.views import answers

app_name = "groups"

urlpatterns = [
    path("svar/takk/<slug:code>/", answers.answered, name="answered"),
    path("svar/sporsmal/<str:token>/", answers.question, name="question"),
    path("svar/<str:token>/", answers.answer, name="answer"),
]
