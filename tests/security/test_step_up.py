"""Dangerous acts want a log-in of the last ten minutes; what was typed waits meanwhile."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from centres.models import StaffRole
from centres.states import Role
from linkcenter.log_in import session
from linkcenter.log_in.reauthentication import fresh
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def administrator(client, clock):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    client.get("/admin/handbok/")
    return client


def add_role(client, user, centre):
    typed = {"user": user.pk, "role": Role.COORDINATOR, "centre": centre.pk}
    return client.post(reverse("admin:centres_staffrole_add"), typed)


@pytest.fixture
def wish():
    return recipes.staff(Role.STATISTICS), recipes.centre()


def test_within_ten_minutes_nothing_is_asked(administrator, clock, wish):
    clock.shift(timedelta(minutes=9))

    add_role(administrator, *wish)

    assert StaffRole.objects.filter(role=Role.COORDINATOR).exists()


def test_after_ten_minutes_who_it_is_is_asked_first(administrator, clock, wish):
    clock.shift(timedelta(minutes=11))

    response = add_role(administrator, *wish)
    back = parse_qs(urlsplit(response.url).query)["next"][0]

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not StaffRole.objects.filter(role=Role.COORDINATOR).exists()
    assert 'name="role" value="coordinator"' in administrator.get(back).content.decode()


@pytest.mark.parametrize(("shift", "status"), [(9, 200), (11, 302)])
def test_views_and_acts_take_the_decorator(rf, clock, shift, status):
    request = rf.get("/admin/etwas/")
    request.user = recipes.staff(Role.ADMINISTRATOR)
    request.session = SessionStore()
    request.session[session.KEY] = {"since": NOON.timestamp(), "seen_at": NOON.timestamp()}
    clock.move_to(timezone.now() + timedelta(minutes=shift))

    class Page:
        @fresh
        def act(self, request, pk):
            return HttpResponse()

    @fresh
    def action(modeladmin, request, queryset):
        return HttpResponse()

    assert Page().act(request, 1).status_code == status
    assert action(None, request, None).status_code == status


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("centres_staffrole_add", {}),
        ("centres_staffrole_change", {"role": Role.ADMINISTRATOR}),
        ("centres_staffrole_delete", {"post": "yes"}),
        ("centres_staffrole_changelist", {"action": "delete_selected", "post": "yes"}),
        ("linkcenter_user_change", {"is_active": "on"}),
        ("linkcenter_user_reset_factor", {}),
        ("centres_invitation_add", {"email": "ny@example.org"}),
    ],
)
def test_what_decides_who_gets_in_wants_a_fresh_log_in(administrator, clock, page, typed):
    role = StaffRole.objects.get()
    needs_row = not page.endswith(("add", "changelist"))
    pk = role.user_id if "user" in page else role.pk
    address = reverse(f"admin:{page}", args=[pk] if needs_row else [])
    clock.shift(timedelta(minutes=11))

    response = administrator.post(address, typed)

    assert urlsplit(response.url).path == reverse("account_reauthenticate")
    assert StaffRole.objects.get() == role
