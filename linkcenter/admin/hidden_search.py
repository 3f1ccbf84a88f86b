"""Searches for what stands encrypted in the database, without the words in any address or log."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import InvalidToken
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from linkcenter.encryption import decrypt, encrypt

LONGEST = 100


def revealed(text: str) -> str:
    """What was searched for, from an address; as it is where nothing was hidden."""
    try:
        return decrypt(text)
    except (InvalidToken, ValueError):
        return text


class HiddenSearchMixin:
    """For a list in the admin that is short enough to be read through for a word.

    ``searched`` gives the texts of a row that it is found by; each word has to be in one of them.
    """

    search_fields: Any = ("pk",)  # makes Django ask get_search_results, which searches otherwise
    find_help: Any = ""
    admin_site: Any
    opts: Any
    has_view_permission: Any

    def searched(self, row: Any) -> Iterable[str | None]:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_find"
        find = path("find/", self.admin_site.admin_view(self.find_view), name=name)
        return [find, *super().get_urls()]  # type: ignore[misc]  # of the ModelAdmin beside it

    def find_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        text = request.POST.get("text", "").strip()[:LONGEST]
        return redirect(f"{address}?{urlencode({'q': encrypt(text)})}" if text else address)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        words = revealed(search_term).casefold().split()
        if not words:
            return queryset, False
        found = [row.pk for row in queryset.iterator() if self._has(row, words)]
        return queryset.filter(pk__in=found), False

    def _has(self, row: Any, words: list[str]) -> bool:
        texts = [text.casefold() for text in self.searched(row) if text]
        return all(any(word in text for text in texts) for word in words)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        text = revealed(request.GET.get("q", ""))
        context = {"search_text": text, "find_help": self.find_help, **(extra_context or {})}
        return super().changelist_view(request, context)  # type: ignore[misc]
