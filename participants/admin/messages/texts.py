"""Every text that we send, for staff to read: as it is in each language and by each way."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from centres.access import centres_of
from centres.models import Centre
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.messages.texts import TEXTS
from linkcenter.models import Channel

GAP = "https://…"


class TextPages:
    """For the admin of messages: the page with all texts. Nothing can be changed on it."""

    admin_site: Any
    opts: Any

    def text_pages(self) -> list[URLPattern]:
        return [path("texts/", require_safe(self.texts_view), name="texts")]

    def texts_view(self, request: StaffRequest) -> HttpResponse:
        languages = dict(settings.LANGUAGES)
        asked_for = request.GET.get("language", "")
        language = asked_for if asked_for in languages else get_language() or "nb"
        centre = centres_of(request.user).first() or Centre(name="LINK")
        context = {
            "title": _("Texts"),
            "centre": centre,
            "languages": [(code, name, code == language) for code, name in languages.items()],
            "language": language,
            "texts": [
                (text.when, _ways(text, centre=centre, language=language))
                for text in TEXTS.values()
            ],
        }
        return staff_page(self, request, "admin/participants/message/texts.html", context)


def _ways(text: Any, *, centre: Any, language: str) -> list[tuple[str, Any]]:
    """The text by each way that it may go."""
    return [
        (
            str(Channel(channel).label),
            text.shown(centre=centre, language=language, channel=channel, gap=GAP),
        )
        for channel in text.channels
    ]
