"""Every address of the staff's pages, every sort of reader and of row, and every way to ask.

Nobody is told anything that their roles do not open. A row of another centre answers as one that is
missing, letter by letter. ``make prove`` asks more than eight thousand times.
"""

from typing import Any

import pytest
from django.contrib import admin

from centres import access
from centres.admin.scope import AdministratorAdmin, CentreScopedAdmin
from groups.staff_site.site import LinkAdminSite
from participants import access as people
from participants.admin.registration.desk import RegistrationDesk
from tests.security.doors import Door, doors, unknown
from tests.security.matrix import READERS, REFUSED, Matrix, Reader
from tests.security.rights import unsaid
from tests.security.world import OF_NO_CENTRE, World, models

PARTS = 4  # of the addresses, so that several can be walked at once


@pytest.fixture(scope="module")
def matrices(world: World) -> dict[str, Matrix]:
    return {reader.name: Matrix(world, reader) for reader in READERS}


def part(number: int) -> list[Door]:
    return list(doors())[number::PARTS]


def test_every_address_follows_from_a_rule() -> None:
    assert unknown() == []


def test_every_page_is_in_the_table_of_rights() -> None:
    assert unsaid() == []


def test_walk_is_long_enough() -> None:
    """Told without walking it: how many cases there are."""
    cases = sum(
        len(Matrix.objects(reader, door, method))
        for reader in READERS
        for door in doors()
        for method in ("GET", "HEAD", "POST", *REFUSED)
    )

    assert cases >= 8_000


@pytest.mark.prove
def test_both_centres_have_a_row_of_everything(world: World) -> None:
    def rows(model: Any, begin: int) -> int:
        return model._base_manager.filter(pk__gt=begin, pk__lt=begin + 2000).count()

    kinds = [model for model in models() if model not in OF_NO_CENTRE]
    without = [
        f"{model.__name__}: make one in tests/security/world.py"
        for model in kinds
        if not (rows(model, world.own.begin) and rows(model, world.foreign.begin))
    ]

    assert not without, without
    assert len(world.words) >= 150


@pytest.mark.prove
@pytest.mark.parametrize("number", range(PARTS))
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_nobody_is_told_more_than_they_may_see(
    matrices: dict[str, Matrix], reader: Reader, number: int
) -> None:
    matrix = matrices[reader.name]

    matrix.walk(part(number))

    matrix.must_be_content()


@pytest.mark.prove
def test_own_pages_open(matrices: dict[str, Matrix]) -> None:
    """Else the walk would find nothing, whatever there was."""
    matrix = matrices["coordinator"]
    rows = [door for door in doors() if door.has_row and door.model and door.what != "old"]

    opened = [door for door in rows if matrix.opens(door, "own")]

    assert len(opened) >= 45
    assert not [door for door in rows if matrix.opens(door, "foreign")]


# What would have to be found, if a part of the house were missing.


def everybody(*args: Any, **kwargs: Any) -> bool:
    return True


def all_rows(page: Any, request: Any) -> Any:
    return admin.ModelAdmin.get_queryset(page, request)


def every_centre(user: Any) -> Any:
    return access.Centre.objects.all()


Broken = tuple[str, list[tuple[Any, str, Any]]]  # who finds it, and what is put in whose place
BROKEN: dict[str, Broken] = {  # an account that is shut has three locks: none alone would be missed
    "rows of a list": ("coordinator", [(CentreScopedAdmin, "get_queryset", all_rows)]),
    "who may see": ("coordinator", [(AdministratorAdmin, "_is_in_scope", everybody)]),
    "who sees a list": ("administrator", [(CentreScopedAdmin, "has_view_permission", everybody)]),
    "who adds": ("administrator", [(CentreScopedAdmin, "has_add_permission", everybody)]),
    "who deletes": ("coordinator", [(RegistrationDesk, "has_delete_permission", everybody)]),
    "who comes in": ("without a role", [(LinkAdminSite, "has_permission", everybody)]),
    "people of pages of our own": ("coordinator", [(people, "centres_of", every_centre)]),
}


@pytest.mark.prove
@pytest.mark.parametrize("what", BROKEN)
def test_walk_finds_what_is_broken(
    matrices: dict[str, Matrix], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    name, parts = BROKEN[what]
    matrix = matrices[name]
    for owner, method, instead in parts:
        monkeypatch.setattr(owner, method, instead)
    few = ("/participants/registration/", "/centres/staffrole/", "/admin/centres/venue/")
    start = [door for door in doors() if door.route == "/admin/"]
    pages = [door for door in doors() if any(place in door.route for place in few)]

    matrix.walk(start + pages, ["GET"])
    found = list(matrix.findings)
    matrix.findings.clear()

    assert found
