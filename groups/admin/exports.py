"""Lists taken out as files: by whom, and the page to take one out on."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import Right, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.domain.staff.exporting import centres_to_take_out_of, let_take_out
from centres.models import Centre, StaffRole
from centres.states import CENTRE_ROLES
from groups.domain.errors import GroupError
from groups.lists.exporting import LISTINGS, REASONS, take_out
from groups.models import Export
from groups.states import ExportList
from linkcenter.admin.pages import OwnAddPageMixin, StaffRequest, staff_page
from linkcenter.forms.base import CrispyMixin, one_of, some_of
from linkcenter.log_in.reauthentication import ask_again
from linkcenter.spreadsheets import TYPE
from participants.admin.read_words import WHY
from participants.states import ReadReason

RIGHTS = "admin:groups_export_rights"


class TakeOutForm(CrispyMixin, forms.Form):
    submit_label = gettext_lazy("Take out the file")

    columns = some_of(
        (),
        label=gettext_lazy("What is to stand in the file?"),
        help_text=gettext_lazy("As little as will do. Names and numbers only if you need them."),
        ask=gettext_lazy("Choose at least one column."),
    )
    reason = one_of(
        [(reason, WHY[reason]) for reason in REASONS],
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Everybody on the list can read this on their own page."),
        ask=gettext_lazy("Choose what the file is for."),
    )
    centre: Any = forms.ModelChoiceField(
        label=gettext_lazy("Of which centre?"),
        queryset=Centre.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a centre."),
            "invalid_choice": gettext_lazy("Choose a centre."),
        },
    )

    def __init__(
        self, data: Any = None, *, what: ExportList, centres: QuerySet[Centre], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        columns = LISTINGS[what].columns
        fields: Any = self.fields
        fields["columns"].choices = [(each.name, each.title) for each in columns]
        fields["columns"].initial = [each.name for each in columns if each.is_ticked]
        fields["centre"].queryset = centres
        if len(centres) == 1:
            fields["centre"].initial = centres[0]


@admin.register(Export)
class ExportAdmin(OwnAddPageMixin, CentreScopedAdmin):
    """What was taken out, for whoever leads the centre and for whoever did it."""

    change_list_template = "admin/groups/export/change_list.html"
    list_display = ["at", "what", "by", "centre", "why", "rows"]
    list_display_links = None
    list_select_related = ["by", "centre"]
    list_filter = ["what", "by"]
    ordering = ["-at", "-pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        scope = request_scope(request)
        user: Any = request.user
        own = Q(by=user, centre__in=scope.centre_ids)
        rows = Export.objects.filter(Q(centre__in=scope.where(Right.SEE_READERS)) | own)
        return rows.select_related("by", "centre").order_by(*self.ordering)

    def _is_in_scope(self, request: HttpRequest, obj: Any) -> bool:
        scope = request_scope(request)
        user: Any = request.user
        if obj is None or obj.pk is None:
            return bool(scope.where(Right.SEE_READERS)) or bool(_centres(request))
        is_own = obj.by_id == user.pk and obj.centre_id in scope.centre_ids
        return is_own or scope.may(Right.SEE_READERS, obj.centre_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(_centres(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("why"))
    def why(self, export: Export) -> str:
        return str(WHY[ReadReason(export.reason)])

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "may_take_out": self.has_add_permission(request),
            "may_give": bool(_roles(request)),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.rights_view)
        return [path("rights/", view, name="groups_export_rights"), *super().get_urls()]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """One of the lists, as a file. Who asks has just shown who they are."""
        asked_for = request.GET.get("what", ExportList.WAITING.value)
        if asked_for not in ExportList.values:
            raise Http404
        what = ExportList(asked_for)
        user: Any = request.user
        centres = centres_to_take_out_of(user).order_by("name", "pk")
        is_sent = request.method == "POST"
        form = TakeOutForm(request.POST if is_sent else None, what=what, centres=centres)
        if form.is_valid():
            if question := ask_again(request):
                return question
            try:
                text = take_out(what, by=user, **form.cleaned_data)
            except GroupError as refused:
                form.add_error(None, str(refused.message))
            else:
                return _file(text)
        context = {
            "title": _("Take out a list"),
            "form": form,
            "lists": [(each, each.label, each == what) for each in ExportList],
            "names_people": what in (ExportList.WAITING, ExportList.CALLS),
        }
        return staff_page(self, request, "admin/groups/export/add_form.html", context)

    def rights_view(self, request: StaffRequest) -> HttpResponse:
        """Whoever leads a centre says who may take out its lists."""
        roles = _roles(request)
        if not roles:
            raise PermissionDenied
        if request.method == "POST":
            if question := ask_again(request):
                return question
            ticked = set(request.POST.getlist("role"))
            for role in roles:
                if let_take_out(role, may=str(role.pk) in ticked):
                    self.log_change(request, role, [{"changed": {"fields": ["may_export"]}}])
            messages.success(request, _("It is saved."))
            return redirect(RIGHTS)
        context = {
            "title": _("Who may take out lists"),
            "roles": roles,
        }
        return staff_page(self, request, "admin/groups/export/rights.html", context)


def _centres(request: HttpRequest) -> list[Centre]:
    """Where who asks may take out lists, read once a request."""
    found = getattr(request, "_takes_out_of", None)
    if found is None:
        user: Any = request.user
        found = list(centres_to_take_out_of(user)) if request_scope(request).centre_ids else []
        request._takes_out_of = found  # type: ignore[attr-defined]  # a note on this request
    centres: list[Centre] = found
    return centres


def _roles(request: HttpRequest) -> list[StaffRole]:
    """Those who work at the centres where the reader says who may."""
    scope = request_scope(request)
    led = [pk for pk in scope.centre_ids if scope.may(Right.LET_EXPORT, pk)]
    roles = StaffRole.objects.filter(centre__in=led, role__in=CENTRE_ROLES, user__is_active=True)
    return list(roles.select_related("user", "centre").order_by("centre__name", "user__name", "pk"))


def _file(text: str) -> HttpResponse:
    """Its name tells whoever sees it in the folder nothing."""
    response = HttpResponse(text, content_type=TYPE)
    name = f"{_('list')}-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
