"""What a group is: its name, for whom it is, how it meets and how large it may be."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from centres.states import VenueKind
from groups.domain.errors import GroupError, WrongMoment
from groups.domain.seats import lock
from groups.models import SelfHelpGroup
from groups.states import GroupActivity, GroupState, SettledFormat
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Theme

# What those who were asked have been told of the group.
TOLD = ("kind", "theme", "role", "gender", "format", "language")
MEETS_IN = {SettledFormat.PHYSICAL: VenueKind.ROOM, SettledFormat.DIGITAL: VenueKind.LICENCE}


class FactRefused(GroupError):
    """A fact about the group cannot be so; ``field`` says which."""

    field = ""


class NameTells(FactRefused):
    field = "name"
    message = _("This name tells what the group is about. Choose a neutral one.")


class WrongPlace(FactRefused):
    field = "format"
    message = _("The place does not fit that. Move the group to another place first.")


class TooSmall(FactRefused):
    field = "max_size"
    message = _("More people than that are in the group, or are asked.")


class TooLarge(FactRefused):
    field = "max_size"
    message = _("The room has fewer places than that.")


class FewerThanLeast(FactRefused):
    field = "max_size"
    message = _("Write as many as the group needs at least, or more.")


class ToldOtherwise(FactRefused):
    field = "told"
    message = _("Somebody has been told otherwise. Tick that you tell them.")


@transaction.atomic
def change_facts(
    group: SelfHelpGroup,
    *,
    facts: Mapping[str, Any],
    told: bool = False,
    actor: User | None,
    now: datetime | None = None,
) -> list[str]:
    """The group is as ``facts`` say, by the names of its columns; returns which have changed.

    With ``told``, staff tell those who know it otherwise. Raises ``WrongMoment`` once the group has
    ended, or a ``FactRefused``.
    """
    group = lock(group)
    if group.state == GroupState.ENDED:
        raise WrongMoment
    changed = [name for name, value in facts.items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, facts[name])
    if not changed:
        return []
    _check(group, changed)
    if not told and is_told(group) and set(changed) & set(TOLD):
        raise ToldOtherwise
    group.save(update_fields=changed)
    record(group, GroupActivity.CHANGED, actor=actor, fields=changed, now=now)
    return changed


def is_told(group: SelfHelpGroup) -> bool:
    """Whether anybody has been asked to be in the group, and knows what it is."""
    return group.seats.live().filter(asked_at__isnull=False).exists()


def _check(group: SelfHelpGroup, changed: list[str]) -> None:
    venue = group.slot.venue if group.slot else None
    if "name" in changed and _tells(group.name):
        raise NameTells
    if "format" in changed and venue and venue.kind != MEETS_IN[SettledFormat(group.format)]:
        raise WrongPlace
    if group.max_size < group.min_size:
        raise FewerThanLeast
    if "max_size" in changed:
        if group.max_size < group.seats.live().count() + group.unnamed_members:
            raise TooSmall
        if venue and group.max_size > venue.capacity:
            raise TooLarge


def _tells(name: str) -> bool:
    """Whether a theme stands in the name, in any of the languages."""
    said = name.casefold()
    themes = Theme.objects.values_list("name_nb", "name_nn", "name_en")
    return any(word and word.casefold() in said for words in themes for word in words)
