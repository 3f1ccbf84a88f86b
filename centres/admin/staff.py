from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import SetPasswordMixin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import AdministratorAdmin, ScopedInline
from centres.models import StaffRole
from linkcenter.forms import MailField
from linkcenter.models import User
from linkcenter.step_up import FreshChangesMixin


@admin.register(StaffRole)
class StaffRoleAdmin(FreshChangesMixin, AdministratorAdmin):
    list_display = ["user", "role", "centre"]
    list_filter = ["role", "centre"]
    list_select_related = ["user", "centre"]
    search_fields = ["user__name", "user__email"]
    search_help_text = _("Search by name or e-mail.")
    fields = ["user", "role", "centre"]


class StaffRoleInline(ScopedInline, admin.StackedInline):
    model = StaffRole
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


class NewStaffAccountForm(SetPasswordMixin, forms.ModelForm):
    email = LowerCaseMailField(label=_("E-mail"))
    password1, password2 = SetPasswordMixin.create_password_fields()

    class Meta:
        model = User
        fields = ["email", "name"]

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        return super().clean() or self.cleaned_data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, once the row is filled
        self.validate_password_for_user(self.instance)

    def save(self, commit: bool = True) -> User:
        return self.set_password_and_save(super().save(commit=False), commit=commit)


@admin.register(User)
class StaffAccountAdmin(FreshChangesMixin, AdministratorAdmin, DjangoUserAdmin):
    """Accounts of those who work here. An account opens nothing until it has a role."""

    form = StaffAccountForm
    add_form = NewStaffAccountForm
    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    search_help_text = _("Search by name or e-mail.")
    ordering = ["name", "pk"]
    filter_horizontal = []
    fieldsets = [(None, {"fields": ["email", "name", "is_active", "new_password"]})]
    readonly_fields = ["new_password"]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]
    inlines = [StaffRoleInline]

    @admin.display(description=_("password"))
    def new_password(self, user: User) -> str:
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, _("Set a new password"))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: what they did stands in timelines. An account is shut instead."""
        return False
