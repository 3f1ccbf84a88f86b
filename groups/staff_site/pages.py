"""Pages of the staff's site that are about no model: the handbook, and the language."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centres.admin.staff.saved_views import SavedViewPages
from groups.staff_site import handbook
from linkcenter.admin.pages import StaffRequest
from linkcenter.log_in import session_pages


class SitePages(SavedViewPages):
    """For the AdminSite: addresses of its own, beside those of the models."""

    admin_view: Any
    numbers_view: Any
    each_context: Any

    def own_urls(self) -> list[URLPattern]:
        own = [
            path("handbok/", require_safe(self.handbook_view), name="handbook"),
            path("handbok/<slug:slug>/", require_safe(self.chapter_view), name="handbook_chapter"),
            path("ikke-sendt/<str:key>/", session_pages.kept_form, name="kept"),
            *self.saved_view_urls(),
        ]
        for pattern in own:
            pattern.callback = self.admin_view(pattern.callback)
        return [
            *own,  # and what stands on the pages of whoever reads the numbers alone, too
            path("sprak/", self.numbers_view(require_POST(self.language_view)), name="language"),
            path("innlogget/", self.numbers_view(session_pages.seconds_left), name="session"),
        ]

    def handbook_view(self, request: HttpRequest) -> HttpResponse:
        return self._handbook(request, _("Handbook"), None)

    def chapter_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        if slug not in handbook.SLUGS:
            raise Http404
        shown = handbook.chapter(slug)
        return self._handbook(request, shown.title, shown)

    def _handbook(
        self, request: HttpRequest, title: str, shown: handbook.Chapter | None
    ) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": title,
            "shown": shown,
            "chapters": handbook.chapters(),
            "written_in": handbook.LANGUAGE,
        }
        return TemplateResponse(request, "admin/handbook.html", context)

    def language_view(self, request: StaffRequest) -> HttpResponse:
        """Keep the language of the staff's pages on the account, and go back to the page."""
        language = request.POST.get("language")
        if language in dict(settings.LANGUAGES):
            request.user.language = language
            request.user.save(update_fields=["language"])
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, request.get_host(), request.is_secure())
        return redirect(back if is_ours else "admin:index")
