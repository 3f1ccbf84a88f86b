import pytest
from django.test import Client

from centres.models import StaffRole
from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return recipes.staff(Role.ADMINISTRATOR)


def log_in(client: Client, email: str) -> None:
    client.post("/logg-inn/", {"login": email, "password": "prov-link", "next": "/admin/"})


def test_log_in_gives_a_new_session(client, user):
    client.get("/logg-inn/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = before = session.session_key

    log_in(client, user.email)

    assert client.cookies["session"].value != before
    assert Client(headers={"cookie": f"session={before}"}).get("/admin/").status_code == 302


def test_copied_cookie_is_dead_after_log_out(client, user):
    log_in(client, user.email)
    thief = Client()
    thief.cookies["session"] = client.cookies["session"].value
    could_enter = thief.get("/admin/").status_code

    client.post("/admin/logout/")

    assert could_enter == 200
    assert thief.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "end", [lambda u: StaffRole.objects.filter(user=u).delete(), lambda u: deactivate(u)]
)
def test_right_that_is_taken_away_ends_at_once(client, user, end):
    log_in(client, user.email)
    could_enter = client.get("/admin/").status_code

    end(user)

    assert could_enter == 200
    assert client.get("/admin/").status_code == 302


def deactivate(user):
    user.is_active = False
    user.save()


def test_new_password_ends_the_other_sessions(client, user):
    log_in(client, user.email)

    user.set_password("et helt nytt passord")
    user.save()

    assert client.get("/admin/").status_code == 302


def test_cookies_are_kept_from_scripts_and_from_other_sites(client, user):
    client.get("/logg-inn/")
    log_in(client, user.email)

    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_wrong_password_and_unknown_account_are_answered_alike(client, user):
    wrong = client.post("/logg-inn/", {"login": user.email, "password": "feil"})
    unknown = client.post("/logg-inn/", {"login": "ukjent@example.org", "password": "feil"})

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
