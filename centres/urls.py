from django.urls import path, re_path

from centres.views import articles, centres, home, municipalities

app_name = "centres"

urlpatterns = [
    path("", home.home, name="home"),
    path("sentre/", centres.centre_list, name="centre-list"),
    path("sentre/<slug:slug>/", centres.centre_detail, name="centre"),
    # The number keeps its leading zero; the name is for people, and may be wrong.
    re_path(
        r"^kommuner/(?P<number>[0-9]{4})-(?P<slug>[-a-z0-9]*)/$",
        municipalities.municipality_detail,
        name="municipality",
    ),
    path("om-selvhjelp/", articles.about, name="about"),
    path("om-selvhjelp/<slug:slug>/", articles.article_detail, name="article"),
]
