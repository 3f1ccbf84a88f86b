"""Who comes in, and how a page that is not kept to centres never gets there."""

import pytest
from django.contrib import admin
from django.contrib.admin import site
from django.contrib.auth import models as auth_models
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from centres.states import Role
from groups.models import Seat
from tests import recipes

pytestmark = pytest.mark.django_db


def log_in(client: Client, email: str, password: str) -> None:
    client.post(reverse("account_login"), {"login": email, "password": password})


def test_staff_log_in_with_e_mail_whatever_its_case(client: Client) -> None:
    recipes.staff(Role.COORDINATOR, recipes.centre(), email="kari@example.org")

    log_in(client, "Kari@Example.org", "prov-link")

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize(("email", "password"), [("kari@example.org", "x"), ("x", "prov-link")])
def test_wrong_e_mail_or_password_lets_nobody_in(client: Client, email: str, password: str) -> None:
    recipes.staff(Role.COORDINATOR, recipes.centre(), email="kari@example.org")

    log_in(client, email, password)

    assert client.get(reverse("admin:index")).status_code == 302


def test_account_without_a_role_stays_outside(client: Client) -> None:
    user = recipes.staff(Role.ADMINISTRATOR, email="kari@example.org")
    user.staff_roles.all().delete()

    log_in(client, "kari@example.org", "prov-link")

    assert client.get(reverse("admin:index")).status_code == 302


def test_statistics_alone_opens_no_workplace(client: Client) -> None:
    client.force_login(recipes.staff(Role.STATISTICS))

    assert client.get(reverse("admin:index")).status_code == 302


def test_pages_of_other_packages_are_left_out() -> None:
    assert not site.is_registered(ProcrastinateJob)
    assert not site.is_registered(auth_models.Group)


def test_page_of_ours_without_the_scope_is_a_mistake() -> None:
    with pytest.raises(ImproperlyConfigured):
        site.register(Seat, admin.ModelAdmin)
