from django.urls import path

from groups.views import (
    answers,
    beginning_again,
    contact,
    initiators,
    newcomers,
    sharing,
    statistics,
    take_over,
)

app_name = "groups"

urlpatterns = [
    path("igangsetter/<str:token>/", initiators.area, name="initiator"),
    path("igangsetter/<str:token>/mote.ics", initiators.calendar, name="initiator-calendar"),
    path("igangsetter/<str:token>/startark/<int:pk>/", initiators.sheet, name="initiator-sheet"),
    path("igangsetter/<str:token>/taushet/<int:pk>/", initiators.promise, name="initiator-promise"),
    path("min-side/mote.ics", initiators.own_calendar, name="own-calendar"),
    path("gruppe/apne/", contact.open_page, name="contact-open"),
    path("gruppe/takk/<slug:code>/", contact.done, name="contact-done"),
    path("gruppe/overta/<str:token>/", take_over.page, name="take-over"),
    path("gruppe/paa-nytt/takk/", beginning_again.done, name="again-done"),
    path("gruppe/paa-nytt/<str:token>/", beginning_again.page, name="again"),
    path("gruppe/<str:token>/", contact.page, name="contact"),
    path("gruppe/<str:token>/pause/", contact.take_break, name="contact-break"),
    path("gruppe/<str:token>/hjelp/", contact.trouble, name="contact-trouble"),
    path("gruppe/<str:token>/overta/", contact.hand_on, name="contact-hand-on"),
    path("gruppe/<str:token>/slutt/", contact.end, name="contact-end"),
    path("gruppe/<str:token>/paa-nytt/", beginning_again.for_contact, name="contact-again"),
    path("gruppe/<str:token>/ny/", newcomers.newcomers, name="newcomers"),
    path("svar/takk/<slug:code>/", answers.answered, name="answered"),
    path("svar/sporsmal/<str:token>/", answers.question, name="question"),
    path("svar/vis/<str:token>/", sharing.share, name="share"),
    path("svar/<str:token>/", answers.answer, name="answer"),
    path("statistikk/", statistics.country, name="statistics"),
    path("statistikk/tall.csv", statistics.country_file, name="statistics-file"),
    path("statistikk/<slug:slug>/", statistics.centre, name="statistics-centre"),
    path("statistikk/<slug:slug>/tall.csv", statistics.centre_file, name="statistics-centre-file"),
]
