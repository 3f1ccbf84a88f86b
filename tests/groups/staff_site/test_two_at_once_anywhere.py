"""Every form of the admin says what it showed, saves untouched, and tells the second of two."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import CharField, DateField, Field, IntegerField, Model, TextField
from django.test import Client
from django.urls import reverse

from centres.models import StaffRole
from centres.states import Role
from tests import recipes
from tests.groups.filled import filled
from tests.groups.one_of_each import ONE

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

# Those whose row has no form of Django's: a page of our own, or nothing to change.
WITHOUT_A_FORM = {
    *("Booking", "ConsentText", "Enquiry", "Export", "FollowUp", "Invitation", "JobRun"),
    *("KeepApart", "Key", "MatchRun", "Message", "ReadLog", "Registration", "SelfHelpGroup"),
    *("Slot", "StatisticsSnapshot"),
}
WITH_A_FORM = [model for model in ONE if model.__name__ not in WITHOUT_A_FORM]


def changed_by_somebody(row: Any, form: Any) -> str:
    """Another value in some column that the form shows; returns its name."""
    # Words first: what has choices hangs together with other columns.
    for field in sorted(row._meta.concrete_fields, key=lambda field: bool(field.choices)):
        if field.name in form.fields and not field.unique and (value := _other(field, row)):
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
            return field.name
    raise LookupError(row)


def _other(field: Field, row: Any) -> Any:
    now = getattr(row, field.attname)
    if field.choices:
        return next((code for code, _words in field.flatchoices if code and code != now), None)
    if isinstance(field, IntegerField):
        return (now or 0) + 1
    if isinstance(field, DateField):
        return (now or date(2026, 1, 1)) + timedelta(days=1)
    if type(field) in (CharField, TextField):
        return f"{now}9"
    return None


@pytest.mark.parametrize("model", WITH_A_FORM, ids=lambda model: model.__name__)
def test_form_tells_the_second(client: Client, model: type[Model]) -> None:
    centre = recipes.centre()
    user = recipes.staff(Role.LEAD, centre)
    StaffRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    row = ONE[model](centre)
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    address = reverse(f"admin:{name}_change", args=[row.pk])
    form = f"{model._meta.model_name}_form"
    page = filled(client, address, form)
    fields = client.get(address).context["adminform"].form

    untouched = client.post(address, page)
    row.refresh_from_db()
    column = changed_by_somebody(row, fields)
    refused = client.post(address, page)

    assert page["as_seen"] != [""]
    assert untouched.status_code == 302, untouched.context["errors"]
    assert refused.status_code == 200
    assert column in refused.context["adminform"].form.errors


def test_everything_with_a_form_is_tried() -> None:
    assert {model.__name__ for model in admin.site._registry} == {
        *WITHOUT_A_FORM,
        *(model.__name__ for model in WITH_A_FORM),
    }
