from django.urls import path

from participants.views import interest

app_name = "participants"
urlpatterns = [
    path("meld-interesse/", interest.register, name="register"),
    path("meld-interesse/kvittering/", interest.receipt, name="receipt"),
    path("meld-interesse/<slug:slug>/", interest.register_centre, name="register-centre"),
    path("meld-interesse/<slug:slug>/sjekk/", interest.check, name="check"),
    path("meld-interesse/<slug:slug>/<slug:name>/", interest.page, name="register-page"),
]
