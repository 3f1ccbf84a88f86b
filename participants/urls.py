from django.urls import path

from participants.views import interest, links, own

app_name = "participants"
urlpatterns = [
    path("meld-interesse/", interest.register, name="register"),
    path("meld-interesse/kvittering/", interest.receipt, name="receipt"),
    path("meld-interesse/<slug:slug>/", interest.register_centre, name="register-centre"),
    path("meld-interesse/<slug:slug>/sjekk/", interest.check, name="check"),
    path("meld-interesse/<slug:slug>/<slug:name>/", interest.page, name="register-page"),
    path("lenke/<str:token>/", links.link, name="link"),
    path("min-side/", own.own_page, name="own-page"),
    path("min-side/sendt/", links.sent, name="link-sent"),
    path("min-side/glem/", links.forget, name="forget"),
    path("min-side/glemt/", links.forgotten, name="forgotten"),
]
