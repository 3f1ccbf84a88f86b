from django.urls import path, register_converter
from django.urls.converters import StringConverter

from centres.models import FIXED_PAGES
from centres.views import (
    api,
    articles,
    calendars,
    centres,
    enquiries,
    events,
    handouts,
    home,
    invitations,
    municipalities,
    news,
    sign_ups,
)

app_name = "centres"


class FourDigits(StringConverter):
    """The number of a municipality, which may begin with a zero."""

    regex = "[0-9]{4}"


register_converter(FourDigits, "four_digits")

urlpatterns = [
    path("", home.home, name="home"),
    path("sentre/", centres.centre_list, name="centre-list"),
    path("sentre/<slug:slug>/", centres.centre_detail, name="centre"),
    path("sentre/<slug:slug>/kort/", handouts.centre_card, name="centre-card"),
    path("sentre/<slug:slug>/plakat/", handouts.poster, name="poster"),
    path(
        "sentre/<slug:slug>/arrangementer.ics",
        calendars.centre_event_feed,
        name="centre-event-feed",
    ),
    path("arrangementer/", events.event_list, name="event-list"),
    path("arrangementer.ics", calendars.event_feed, name="event-feed"),
    path("arrangementer/<int:pk>/", events.event_detail, name="event"),
    path("arrangementer/<int:pk>.ics", calendars.event_calendar, name="event-calendar"),
    path("arrangementer/<int:pk>/meld-pa/", sign_ups.event_sign_up, name="event-sign-up"),
    path("pamelding/<slug:token>/", sign_ups.sign_up_detail, name="sign-up"),
    path("kommuner/", municipalities.municipality_list, name="municipality-list"),
    path(
        "kommuner/<four_digits:number>-<slug:slug>/",
        municipalities.municipality_detail,
        name="municipality",
    ),
    path("kommuner/<slug:slug>/", municipalities.county_detail, name="county"),
    path("om-selvhjelp/", articles.about, name="about"),
    path("om-selvhjelp/<slug:slug>/", articles.article_detail, name="article"),
    path("aktuelt/", news.news_list, name="news-list"),
    path("aktuelt/atom.xml", news.news_feed, name="news-feed"),
    path("aktuelt/<int:pk>-<slug:slug>/", news.news, name="news"),
    *(
        path(f"{slug}/", articles.fixed_page, {"slug": slug}, name=name.removeprefix("centres:"))
        for slug, name in FIXED_PAGES.items()
    ),
    path("bli-med/", enquiries.join, name="join"),
    path("invitasjon/<slug:token>/", invitations.invitation, name="invitation"),
    path("kontakt/<slug:kind>/", enquiries.enquiry, name="enquiry"),
    path("kontakt/<slug:kind>/takk/", enquiries.enquiry_sent, name="enquiry-sent"),
    path("apne-data/", api.open_data_page, name="open-data"),
]

# Open data, outside the languages: each text is there in all of them.
api_urlpatterns = [
    path("centres.json", api.centres, name="centres"),
    path("centres/<str:slug>.json", api.centre, name="centre"),
    path("events.json", api.events, name="events"),
    path("schema.json", api.schema, name="schema"),
]
