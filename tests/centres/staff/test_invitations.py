"""Somebody is asked to work here, and says yes by a link that works once."""

from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from centres.domain.staff import inviting
from centres.models import Invitation, StaffRole
from centres.states import Role
from linkcenter.log_in import password_links
from linkcenter.messages import outbox
from linkcenter.models import Message, MessageState, PasswordLink, User
from linkcenter.tokens import token_for
from tests import recipes

pytestmark = pytest.mark.django_db

PASSWORD = "en lang og god setning"


@pytest.fixture
def centre():
    return recipes.centre()


def invited(centre=None, *, role=Role.COORDINATOR, email="ny@example.org", **fields):
    facts = {"name": "Ny Ansatt", "by": None, "language": "nb"} | fields
    return inviting.invite(email, role=role, centre=centre, **facts)


def address(invitation):
    return reverse("centres:invitation", args=[token_for(invitation.seed)])


def closed():
    return recipes.staff(Role.STATISTICS, email="ny@example.org", is_active=False)


def test_letter_leads_to_a_password_an_account_and_the_role(client, centre):
    invitation = invited(centre)
    letter = outbox.full_text(Message.objects.get())

    answer = client.post(address(invitation), {"password": PASSWORD})

    assert address(invitation) in letter
    assert answer.headers["Location"] == reverse("account_login")
    user = User.objects.get(email="ny@example.org")
    assert user.check_password(PASSWORD)
    assert StaffRole.objects.get(user=user).centre == centre


def test_opening_the_link_changes_nothing_and_using_it_closes_it(client, centre):
    invitation = invited(centre)

    for _time in range(3):
        assert client.get(address(invitation)).status_code == 200
    client.post(address(invitation), {"password": PASSWORD})

    assert client.get(address(invitation)).status_code == 404
    assert User.objects.count() == 1


def test_password_that_many_have_is_refused(client, centre):
    answer = client.post(address(invited(centre)), {"password": "password1234"})

    assert answer.context["form"].errors.keys() == {"password"}
    assert not User.objects.exists()


def test_link_works_for_seven_days(centre):
    invitation = invited(centre)
    token = token_for(invitation.seed)

    assert inviting.find(token, now=timezone.now() + timedelta(days=6, hours=23))
    assert inviting.find(token, now=timezone.now() + timedelta(days=7, hours=1)) is None


def test_new_link_closes_the_old_one(client, centre):
    before = invited(centre)

    inviting.send_again(before, by=recipes.staff(Role.ADMINISTRATOR))

    assert client.get(address(before)).status_code == 404
    assert client.get(address(Invitation.objects.get())).status_code == 200


@pytest.mark.parametrize(
    "leave",
    [
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: user.staff_roles.update(role=Role.COORDINATOR),
    ],
    ids=["shut", "leads no more"],
)
def test_who_has_left_lets_nobody_in(client, centre, leave):
    lead = recipes.staff(Role.LEAD, centre)
    before = invited(centre, by=lead)
    worked = client.get(address(before)).status_code

    leave(lead)
    refused = client.post(address(before), {"password": PASSWORD})
    inviting.send_again(before, by=recipes.staff(Role.LEAD, centre))
    again = client.get(address(Invitation.objects.get()))

    assert (worked, refused.status_code, again.status_code) == (200, 404, 200)
    assert not User.objects.filter(email="ny@example.org").exists()


def test_lead_sends_an_administrators_invitation_again(client, centre):
    administrator = recipes.staff(Role.ADMINISTRATOR)
    before = invited(centre, role=Role.LEAD, by=administrator)

    inviting.send_again(before, by=recipes.staff(Role.LEAD, centre))

    again = Invitation.objects.get()
    assert again.invited_by == administrator
    assert client.get(address(again)).status_code == 200


def test_withdrawn_invitation_opens_nothing_and_is_not_sent(client, centre):
    invitation = invited(centre)

    inviting.withdraw(invitation)

    assert client.post(address(invitation), {"password": PASSWORD}).status_code == 404
    assert Message.objects.get().state == MessageState.CANCELLED
    with pytest.raises(inviting.LinkClosed):
        inviting.withdraw(invitation)


def test_who_works_here_already_says_yes_with_that_account(client, centre):
    user = recipes.staff(Role.COORDINATOR, recipes.centre("et-annet"), email="ny@example.org")
    invitation = invited(centre)

    stranger = client.post(address(invitation), {"password": PASSWORD})
    client.force_login(user)
    client.post(address(invitation))

    assert "password" not in stranger.content.decode()
    assert StaffRole.objects.filter(user=user, centre=centre).exists()


def test_another_account_cannot_take_the_invitation(client, centre):
    recipes.staff(Role.COORDINATOR, centre, email="ny@example.org")
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    invitation = invited(centre, role=Role.LEAD)

    client.post(address(invitation))

    assert not StaffRole.objects.filter(role=Role.LEAD).exists()


@pytest.mark.parametrize(
    ("before", "refusal"),
    [
        (lambda centre: recipes.staff(Role.COORDINATOR, centre, email="ny@example.org"), "HasRole"),
        (invited, "IsInvited"),
        (lambda _centre: closed(), "AccountClosed"),
    ],
)
def test_needless_invitation_is_refused(centre, before, refusal):
    before(centre)

    with pytest.raises(getattr(inviting, refusal)):
        invited(centre)


def test_lead_invites_coordinators_to_the_own_centre_alone(client, centre):
    client.force_login(recipes.staff(Role.LEAD, centre))
    other = recipes.centre("et-annet")
    asked = {"name": "Ny", "email": "Ny@Example.org", "language": "nn"}
    page = reverse("admin:centres_invitation_add")
    log_in_again(client)

    client.post(page, {**asked, "role": Role.LEAD, "centre": centre.pk})
    client.post(page, {**asked, "role": Role.COORDINATOR, "centre": other.pk})
    assert not Invitation.objects.exists()
    client.post(page, {**asked, "role": Role.COORDINATOR, "centre": centre.pk})

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.centre, invitation.role) == (
        "ny@example.org",
        centre,
        Role.COORDINATOR,
    )
    assert Message.objects.get().language == "nn"


def log_in_again(client):
    """Whoever invites has just shown who they are: a page opened since then began the session."""
    client.get(reverse("admin:index"))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD])
def test_invitation_of_another_centre_answers_as_a_missing_one(client, centre, role):
    client.force_login(recipes.staff(role, centre))
    foreign = invited(recipes.centre("et-annet"))

    for name in ("change", "send_again", "withdraw"):
        theirs = client.post(reverse(f"admin:centres_invitation_{name}", args=[foreign.pk]))
        missing = client.post(reverse(f"admin:centres_invitation_{name}", args=[99999]))
        assert theirs.status_code == missing.status_code
    assert Invitation.objects.open().count() == 1


def test_coordinator_invites_nobody(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    assert client.get(reverse("admin:centres_invitation_add")).status_code == 403
    assert client.get(reverse("admin:centres_invitation_changelist")).status_code == 403


def test_after_a_restore_no_link_of_before_works_and_each_can_be_sent_again(client, centre):
    administrator = recipes.staff(Role.ADMINISTRATOR)
    invitation = invited(centre)
    password_links.send(administrator.pk)

    call_command("close_links", stdout=StringIO())
    after = client.get(address(invitation)).status_code
    inviting.send_again(invitation, by=administrator)

    assert "close_links" in settings.AFTER_RESTORE
    assert after == 404
    assert not PasswordLink.objects.exists()
    assert client.get(address(Invitation.objects.get())).status_code == 200


def test_there_is_no_other_way_in_for_the_operator():
    with pytest.raises(CommandError, match="invite_administrator"):
        call_command("createsuperuser")

    assert not User.objects.exists()


def test_command_opens_a_closed_account_again():
    user = closed()

    call_command("invite_administrator", user.email, name="Ny", stdout=StringIO())

    user.refresh_from_db()
    assert user.is_active
    assert Invitation.objects.get().role == Role.ADMINISTRATOR


def test_command_invites_the_first_administrator(client):
    told = StringIO()

    call_command("invite_administrator", "Forst@example.org", name="Første", stdout=told)

    link = told.getvalue().split()[-1]
    client.post(urlsplit(link).path, {"password": PASSWORD})
    assert StaffRole.objects.get().role == Role.ADMINISTRATOR
    assert User.objects.get().email == "forst@example.org"
