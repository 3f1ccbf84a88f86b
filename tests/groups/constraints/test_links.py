"""What the database holds about the links of initiators and groups, whatever path writes them."""

from datetime import UTC, datetime

import pytest

from groups.models import GroupLink
from groups.states import GroupLinkPurpose
from linkcenter.tokens import hash_token, new_seed, token_for
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def group():
    return recipes.group(recipes.centre())


@pytest.fixture
def initiator(group):
    return recipes.initiator(group.centre)


def link(centre, **fields):
    seed = new_seed()
    defaults = {"created_at": NOW, "expires_at": NOW, "seed": seed}
    token_hash = hash_token(token_for(seed))
    return GroupLink(**({"centre": centre, "token_hash": token_hash} | defaults | fields))


def test_initiators_link_is_of_an_initiator_alone(group, initiator):
    for whose in ({}, {"group": group}, {"group": group, "initiator": initiator}):
        with refused_by("group_link_of_one"):
            link(group.centre, purpose=GroupLinkPurpose.INITIATE, **whose).save()


@pytest.mark.parametrize("purpose", [GroupLinkPurpose.TAKE_OVER, GroupLinkPurpose.BEGIN_AGAIN])
def test_groups_link_is_of_a_group_alone(group, initiator, purpose):
    for whose in ({}, {"initiator": initiator}, {"group": group, "initiator": initiator}):
        with refused_by("group_link_of_one"):
            link(group.centre, purpose=purpose, **whose).save()


def test_link_for_something_else_is_refused(group):
    with refused_by("group_link_of_one"):
        link(group.centre, purpose="look", group=group).save()


def test_one_link_of_a_kind_is_live(group, initiator):
    of_group = {"purpose": GroupLinkPurpose.BEGIN_AGAIN, "group": group}
    of_initiator = {"purpose": GroupLinkPurpose.INITIATE, "initiator": initiator}

    for whose in (of_group, of_initiator):
        link(group.centre, **whose).save()
        with refused_by("group_link_one_live"):
            link(group.centre, **whose).save()
        GroupLink.objects.filter(**whose).update(superseded_at=NOW)
        link(group.centre, **whose).save()

    assert GroupLink.objects.live().count() == 2


def test_token_is_of_one_link(group, initiator):
    first = link(group.centre, purpose=GroupLinkPurpose.INITIATE, initiator=initiator)
    first.save()

    with refused_by("groups_grouplink_token_hash_key"):
        link(
            group.centre,
            purpose=GroupLinkPurpose.BEGIN_AGAIN,
            group=group,
            token_hash=first.token_hash,
        ).save()
