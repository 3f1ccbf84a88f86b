from django.urls import path

from participants.views import acts, data, interest, links, move, own, talk

app_name = "participants"
urlpatterns = [
    path("meld-interesse/", interest.register, name="register"),
    path("meld-interesse/kvittering/", interest.receipt, name="receipt"),
    path("meld-interesse/under-18/", interest.under_18, name="under-18"),
    path("meld-interesse/<slug:slug>/", interest.register_centre, name="register-centre"),
    path("meld-interesse/<slug:slug>/sjekk/", interest.check, name="check"),
    path("meld-interesse/<slug:slug>/<slug:name>/", interest.page, name="register-page"),
    path("lenke/<str:token>/", links.link, name="link"),
    path("min-side/", own.own_page, name="own-page"),
    path("min-side/sendt/", links.sent, name="link-sent"),
    path("min-side/lenke/<slug:code>/", links.done, name="link-done"),
    path("min-side/tider/", acts.times, name="own-times"),
    path("min-side/gruppe/", acts.group, name="own-group"),
    path("min-side/onsker/", acts.wishes, name="own-wishes"),
    path("min-side/kontakt/", acts.contact, name="own-contact"),
    path("min-side/pause/", acts.take_break, name="own-pause"),
    path("min-side/pause/slutt/", acts.stop_break, name="own-pause-end"),
    path("min-side/stopp/", acts.stop, name="own-withdraw"),
    path("min-side/angre/", acts.undo, name="own-undo"),
    path("min-side/samtykke/", acts.agreed, name="own-consents"),
    path("min-side/bekreft/", acts.confirm, name="own-confirm"),
    path("min-side/opplysninger/", data.read, name="own-data"),
    path("min-side/opplysninger.json", data.download, name="own-data-file"),
    path("min-side/flytt/", move.choose, name="own-move"),
    path("min-side/flytt/<slug:slug>/", move.agree, name="own-move-to"),
    path("min-side/avtale/", talk.another_time, name="own-talk"),
    path("min-side/avtale.ics", talk.calendar, name="own-talk-calendar"),
    path("min-side/hvem-har-sett/", data.readers, name="own-readers"),
    path("min-side/slett/", data.delete, name="own-erase"),
    path("min-side/slettet/", data.deleted, name="own-erased"),
    path("min-side/glem/", links.forget, name="forget"),
    path("min-side/glemt/", links.forgotten, name="forgotten"),
]
