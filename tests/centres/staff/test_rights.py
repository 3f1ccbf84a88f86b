"""The table of what not everybody may is the same in the code and in ``docs/rights.md``."""

from pathlib import Path

import pytest
from django.conf import settings

from centres.access import (
    HOLDERS,
    Right,
    Scope,
    centres_for,
    centres_of,
    enquiries_for,
    events_for,
    is_administrator,
    keys_for,
    scope_of,
    venues_for,
)
from centres.states import Role
from tests import recipes

PAGE = Path(settings.BASE_DIR) / "docs" / "rights.md"


def table() -> dict[str, tuple[Role, ...]]:
    _before, _heading, rest = PAGE.read_text().partition("| | Coordinator | Lead | Administrator |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    columns = (Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR)
    found = {}
    for line in lines:
        what, *cells = (cell.strip() for cell in line.strip("| \n").split("|"))
        cells += [""] * (len(columns) - len(cells))
        found[what] = tuple(
            role for role, cell in zip(columns, cells, strict=True) if cell.startswith("yes")
        )
    return found


def test_page_shows_the_table_of_the_code() -> None:
    assert table() == {str(right): holders for right, holders in HOLDERS.items()}
    assert set(HOLDERS) == set(Right)


def test_whoever_asks_for_a_right_asks_the_table() -> None:
    """The log of what was taken out tells the role itself, which opens nothing."""
    apps = ("linkcenter", "centres", "participants", "groups")
    files = (path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py"))
    ask_for_leads = {path.name for path in files if "lead_ids" in path.read_text()}

    assert ask_for_leads == {"access.py", "exporting.py"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR, Role.STATISTICS])
def test_right_is_held_at_the_own_centre_alone(role: Role) -> None:
    own, other = recipes.centre(), recipes.centre()
    is_national = role in (Role.ADMINISTRATOR, Role.STATISTICS)
    scope = scope_of(recipes.staff(role, None if is_national else own))

    for right, holders in HOLDERS.items():
        assert scope.may(right, own.pk) == (role in holders)
        assert scope.may(right, other.pk) == (role in holders and is_national)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR])
def test_whoever_is_shut_out_sees_nothing_whatever_the_roles_say(role: Role) -> None:
    centre = recipes.centre()
    recipes.event(centre)
    recipes.enquiry(centre)
    recipes.enquiry()
    recipes.key(recipes.venue(centre))
    user = recipes.staff(role, None if role == Role.ADMINISTRATOR else centre)
    look = (centres_of, centres_for, events_for, venues_for, keys_for, enquiries_for)
    before = {ask.__name__ for ask in look if ask(user).exists()}

    user.is_active = False
    user.save()

    assert before >= {"centres_for", "venues_for", "enquiries_for"}
    assert not any(ask(user).exists() for ask in look)
    assert (scope_of(user), is_administrator(user)) == (Scope(), False)
