"""What an administrator does with a colleague's account."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from centres.models import StaffRole
from centres.states import Role
from linkcenter.encryption import keyed_digest
from linkcenter.log_in import password_links
from linkcenter.models import Message, MessageState, PasswordLink, User
from tests import recipes

pytestmark = pytest.mark.django_db

ACCOUNTS = reverse("admin:linkcenter_user_changelist")


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    client.get(reverse("admin:index"))
    return client


@pytest.fixture
def colleague():
    return recipes.staff(Role.COORDINATOR, recipes.centre(), email="kari@example.org")


def page(name, user):
    return reverse(f"admin:linkcenter_user_{name}", args=[user.pk])


def test_reset_takes_the_second_factor_and_ends_the_visits(administrator, colleague, client):
    Authenticator.objects.create(user=colleague, type="totp", data={"secret": "x"})
    theirs = type(client)()
    theirs.force_login(colleague)

    assert administrator.get(page("reset_factor", colleague)).status_code == 200
    assert Authenticator.objects.exists()
    administrator.post(page("reset_factor", colleague))

    assert not Authenticator.objects.exists()
    assert theirs.get(reverse("admin:index")).status_code == 302
    assert Message.objects.get().kind == "log_in_changed"


def test_administrator_sends_a_link_and_sets_no_password(administrator, colleague):
    administrator.post(page("password_link", colleague))

    assert PasswordLink.objects.get().user == colleague
    assert Message.objects.get().kind == "new_password"
    assert administrator.get(reverse("admin:linkcenter_user_add")).status_code == 403


def test_whoever_asked_often_in_anothers_name_keeps_no_administrator_from_helping(
    administrator, colleague
):
    now = timezone.now()
    asked = [password_links.send_to(keyed_digest(colleague.email), now=now) for _each in range(4)]

    administrator.post(page("password_link", colleague))

    assert asked == [True] * 3 + [False]
    assert Message.objects.filter(kind="new_password").count() == 4


def test_link_to_the_address_of_before_opens_nothing_and_it_hears_why(administrator, colleague):
    password_links.send(colleague.pk)
    role = colleague.staff_roles.get()
    typed = {
        "email": "kari.ny@example.org",
        "name": colleague.name,
        "is_active": "on",
        "staff_roles-TOTAL_FORMS": 1,
        "staff_roles-INITIAL_FORMS": 1,
        "staff_roles-0-id": role.pk,
        "staff_roles-0-user": colleague.pk,
        "staff_roles-0-role": role.role,
        "staff_roles-0-centre": role.centre_id,
    }

    administrator.post(page("change", colleague), typed)

    colleague.refresh_from_db()
    assert colleague.email == "kari.ny@example.org"
    assert not PasswordLink.objects.exists()
    assert Message.objects.get(kind="new_password").state == MessageState.CANCELLED
    told = Message.objects.get(kind="log_in_moved")
    assert (told.to, told.state) == ("kari@example.org", MessageState.QUEUED)
    assert "kari.ny" not in str(told.text)


def test_account_that_is_opened_again_counts_as_new(administrator, colleague):
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    shown = administrator.get(page("change", colleague)).context["adminform"].form

    form = {name: shown[name].value() for name in ("email", "name")}
    role = colleague.staff_roles.get()
    administrator.post(
        page("change", colleague),
        {
            **form,
            "is_active": "on",
            "staff_roles-TOTAL_FORMS": 1,
            "staff_roles-INITIAL_FORMS": 1,
            "staff_roles-0-id": role.pk,
            "staff_roles-0-user": colleague.pk,
            "staff_roles-0-role": role.role,
            "staff_roles-0-centre": role.centre_id,
        },
    )

    colleague.refresh_from_db()
    assert colleague.is_active
    assert colleague.opened_at is not None


@pytest.mark.parametrize("role", [Role.LEAD, Role.STATISTICS])
@pytest.mark.parametrize("name", ["linkcenter_user", "centres_staffrole"])
def test_right_to_take_out_lists_goes_with_no_other_role(administrator, colleague, name, role):
    held = colleague.staff_roles.get()
    StaffRole.objects.filter(pk=held.pk).update(may_export=True)
    told = {"role": role, "centre": held.centre_id if role == Role.LEAD else ""}
    row = colleague if name == "linkcenter_user" else held
    typed = {
        **told,
        "user": colleague.pk,
        "may_export": "on",
        "email": colleague.email,
        "name": colleague.name,
        "is_active": "on",
        "staff_roles-TOTAL_FORMS": 1,
        "staff_roles-INITIAL_FORMS": 1,
        **{f"staff_roles-0-{field}": value for field, value in told.items()},
        "staff_roles-0-id": held.pk,
        "staff_roles-0-user": colleague.pk,
    }

    administrator.post(reverse(f"admin:{name}_change", args=[row.pk]), typed)

    held.refresh_from_db()
    assert (held.role, held.may_export) == (role, False)


def test_others_reset_nothing(client, colleague):
    client.force_login(recipes.staff(Role.LEAD, colleague.staff_roles.get().centre))
    client.get(reverse("admin:index"))

    for name in ("reset_factor", "password_link", "change"):
        assert client.post(page(name, colleague)).status_code in {302, 403, 404}
    assert not Message.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_accounts_asks_as_often_however_many_roles(
    administrator, django_assert_num_queries, rows
):
    for each in range(rows):
        user = recipes.staff(Role.COORDINATOR, recipes.centre())
        StaffRole.objects.create(user=user, role=Role.LEAD, centre=recipes.centre(f"senter-{each}"))

    with django_assert_num_queries(8):
        administrator.get(ACCOUNTS)


def test_list_of_accounts_says_who_does_what_where(administrator):
    centre = recipes.centre("tromso")
    lead = recipes.staff(Role.LEAD, centre)
    StaffRole.objects.create(user=lead, role=Role.STATISTICS)
    new = User.objects.create_user(email="ny@example.org", name="Ny")

    changelist = administrator.get(ACCOUNTS).context["cl"]

    said = {user: changelist.model_admin.roles(user) for user in changelist.result_list}
    assert (said[lead], said[new]) == ("leder, LINK tromso; statistikk", "ingen")
