from django.urls import path, register_converter
from django.urls.converters import StringConverter

from centres.views import articles, centres, home, municipalities

app_name = "centres"


class FourDigits(StringConverter):
    """The number of a municipality, which may begin with a zero."""

    regex = "[0-9]{4}"


register_converter(FourDigits, "four_digits")

urlpatterns = [
    path("", home.home, name="home"),
    path("sentre/", centres.centre_list, name="centre-list"),
    path("sentre/<slug:slug>/", centres.centre_detail, name="centre"),
    path(
        "kommuner/<four_digits:number>-<slug:slug>/",
        municipalities.municipality_detail,
        name="municipality",
    ),
    path("om-selvhjelp/", articles.about, name="about"),
    path("om-selvhjelp/<slug:slug>/", articles.article_detail, name="article"),
]
