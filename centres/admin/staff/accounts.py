"""Accounts of those who work here, and their roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import AdministratorAdmin, ScopedInline
from centres.admin.staff.account_acts import AccountActs
from centres.models import StaffRole
from linkcenter.forms.base import MailField
from linkcenter.log_in import mail, password_links, unused_accounts
from linkcenter.log_in.reauthentication import FreshChangesMixin
from linkcenter.models import User


class StaffRoleForm(forms.ModelForm):
    """Whoever leads the centre says who may take out its lists: that goes with no other role."""

    def clean(self) -> dict[str, Any]:
        if self.has_changed():
            self.instance.may_export = False
        return super().clean() or self.cleaned_data


@admin.register(StaffRole)
class StaffRoleAdmin(FreshChangesMixin, AdministratorAdmin):
    form = StaffRoleForm
    list_display = ["user", "role", "centre", "may_export"]
    list_filter = ["role", "centre"]
    list_select_related = ["user", "centre"]
    search_fields = ["user__name", "user__email"]
    search_help_text = _("Search by name or e-mail.")
    fields = ["user", "role", "centre"]


class StaffRoleInline(ScopedInline, admin.StackedInline):
    model = StaffRole
    form = StaffRoleForm
    open_to_administrators = True
    fields = [("role", "centre")]
    extra = 1


class LowerCaseMailField(MailField):
    """Accounts are told apart by address, and nobody should have two for a capital letter."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).lower()


class StaffAccountForm(forms.ModelForm):
    email = LowerCaseMailField(label=_("E-mail"))

    class Meta:
        model = User
        fields = ["email", "name", "is_active"]


@admin.register(User)
class StaffAccountAdmin(AccountActs, FreshChangesMixin, AdministratorAdmin):
    """Accounts of those who work here. An account opens nothing until it has a role."""

    form = StaffAccountForm
    change_form_template = "admin/centres/user/change_form.html"
    change_list_template = "admin/centres/user/change_list.html"
    list_display = ["name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    search_help_text = _("Search by name or e-mail.")
    ordering = ["name", "pk"]
    fields = ["email", "name", "is_active", "last_login", "factor"]
    readonly_fields = ["last_login", "factor"]
    inlines = [StaffRoleInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("staff_roles__centre")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """Each role, with its centre; administrators and statistics have none."""
        return "; ".join(_in_words(role) for role in user.staff_roles.all()) or str(_("none"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: whoever is to work here gets an invitation, and chooses the password alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: what they did stands in timelines. An account is shut instead."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            password_links.forget(obj)
            mail.address_changed(obj, before=form.initial["email"])
        if obj.is_active and "is_active" in form.changed_data:
            unused_accounts.open_again(obj)


def _in_words(role: StaffRole) -> str:
    return f"{role.get_role_display()}, {role.centre}" if role.centre else role.get_role_display()
