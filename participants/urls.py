from django.urls import path

from participants.views import booked_talk, changes, links, moving, own_data, own_page, register

app_name = "participants"
urlpatterns = [
    path("meld-interesse/", register.register, name="register"),
    path("meld-interesse/kvittering/", register.receipt, name="receipt"),
    path("meld-interesse/under-18/", register.under_18, name="under-18"),
    path("meld-interesse/<slug:slug>/", register.register_centre, name="register-centre"),
    path("meld-interesse/<slug:slug>/sjekk/", register.check, name="check"),
    path("meld-interesse/<slug:slug>/<slug:name>/", register.page, name="register-page"),
    path("lenke/<str:token>/", links.link, name="link"),
    path("min-side/", own_page.own_page, name="own-page"),
    path("min-side/sendt/", links.sent, name="link-sent"),
    path("min-side/lenke/<slug:code>/", links.done, name="link-done"),
    path("min-side/tider/", changes.times, name="own-times"),
    path("min-side/gruppe/", changes.group, name="own-group"),
    path("min-side/onsker/", changes.wishes, name="own-wishes"),
    path("min-side/kontakt/", changes.contact, name="own-contact"),
    path("min-side/pause/", changes.take_break, name="own-pause"),
    path("min-side/pause/slutt/", changes.stop_break, name="own-pause-end"),
    path("min-side/stopp/", changes.stop, name="own-withdraw"),
    path("min-side/angre/", changes.undo, name="own-undo"),
    path("min-side/samtykke/", changes.agreed, name="own-consents"),
    path("min-side/bekreft/", changes.confirm, name="own-confirm"),
    path("min-side/opplysninger/", own_data.read, name="own-data"),
    path("min-side/opplysninger.json", own_data.download, name="own-data-file"),
    path("min-side/flytt/", moving.choose, name="own-move"),
    path("min-side/flytt/<slug:slug>/", moving.agree, name="own-move-to"),
    path("min-side/avtale/", booked_talk.another_time, name="own-talk"),
    path("min-side/avtale.ics", booked_talk.calendar, name="own-talk-calendar"),
    path("min-side/hvem-har-sett/", own_data.readers, name="own-readers"),
    path("min-side/slett/", own_data.delete, name="own-erase"),
    path("min-side/slettet/", own_data.deleted, name="own-erased"),
    path("min-side/glem/", links.forget, name="forget"),
    path("min-side/glemt/", links.forgotten, name="forgotten"),
]
