from django.urls import path

from participants import views

app_name = "participants"
urlpatterns = [
    path("meld-interesse/", views.register, name="register"),
    path("meld-interesse/kvittering/", views.receipt, name="receipt"),
    path("meld-interesse/<slug:slug>/", views.register_centre, name="register-centre"),
    path("meld-interesse/<slug:slug>/sjekk/", views.check, name="check"),
    path("meld-interesse/<slug:slug>/<slug:name>/", views.page, name="register-page"),
]
