"""How the bench says it: what somebody wishes, what speaks for them and what against."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.week import label
from groups import matching
from groups.matching.rules import gender_in
from groups.states import GroupGender, SettledFormat, SettledKind
from groups.workbench.desk import Bench, Person
from participants.states import GenderWish, Need, SpokenLanguage

MOST_TIMES = 4  # that are named one by one


def wishes_of(person: Person, themes: dict[str, str]) -> str:
    """What the person would like, in a line: only what narrows it down."""
    wishes, registration = person.wishes, person.registration
    parts: list[str | Promise] = [themes[slug] for slug in wishes.topics if slug in themes]
    if wishes.any_topic:
        parts.append(_("a mixed group is fine") if parts else _("a mixed group"))
    if wishes.kind in SettledKind.values:
        parts.append(SettledKind(wishes.kind).label)
    if wishes.format in SettledFormat.values:
        parts.append(SettledFormat(wishes.format).label)
    if wishes.role == "kin":
        parts.append(_("next of kin"))
    if wishes.gender_wish != GenderWish.ANY:
        parts.append(GenderWish(wishes.gender_wish).label)
    if registration.age_near_mine:
        parts.append(_("about their own age"))
    if wishes.languages != (SpokenLanguage.NORWEGIAN.value,):
        parts += [SpokenLanguage(code).label for code in wishes.languages]
    parts += [Need(need).label for need in wishes.needs]
    return capfirst(", ".join(_lower(str(part)) for part in parts))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def times_of(person: Person) -> str:
    """When the person can; a number, where they can at many times."""
    slots = person.wishes.slots
    if not slots:
        return _("No times are written down")
    if len(slots) > MOST_TIMES:
        return _("Can at %(n)s times in the week") % {"n": len(slots)}
    return capfirst(", ".join(str(label(slot)) for slot in slots))


def reasons_for(key: matching.GroupKey, person: Person) -> Iterator[str]:
    """What speaks for the person in a group like this, beside the wait."""
    wishes = person.wishes
    if key.topic and wishes.topics[:1] == (key.topic,):
        yield _("has the theme as the first choice")
    elif key.topic and key.topic in wishes.topics:
        yield _("chose the theme")
    if key.slot and key.slot in wishes.slots:
        yield _("can on %(when)s") % {"when": label(key.slot)}
    if person.shared:
        yield ngettext(
            "shares %(n)s time with all of them",
            "shares %(n)s times with all of them",
            person.shared,
        ) % {"n": person.shared}
    if person.is_lent:
        yield _("may be offered a group on video here")


def reasons_against(key: matching.GroupKey, person: Person) -> Iterator[str]:
    """What the group would be otherwise than the person wishes, or than the centre's rules say."""
    if person.is_apart:
        yield _("must not be in a group with somebody in this one")
    for field in person.misses:
        yield _miss(key, person.wishes, field)
    if person.years:
        yield _("%(years)s years between the youngest and the oldest, with this person") % {
            "years": person.years
        }


def _miss(key: matching.GroupKey, person: matching.Participant, field: str) -> str:
    if field == "topic":
        return (
            _("has not chosen this theme")
            if key.topic
            else _("has not said that a mixed group is fine")
        )
    if field == "slot":
        return _("cannot on %(when)s") % {"when": label(key.slot)}
    if field == "kind":
        return _("wishes for another kind of group")
    if field in ("centre", "format"):
        if key.format == SettledFormat.DIGITAL:
            return _("wishes to meet in person")
        return (
            _("wishes to meet on video") if person.centres else _("can be in groups on video only")
        )
    if field == "role":
        return _("comes as next of kin") if person.role == "kin" else _("comes for themselves")
    if field == "gender":
        if key.gender != GroupGender.MIXED and person.gender != gender_in(key.gender):
            return _("is not one whom this group is for")
        wish = {
            GenderWish.WOMEN: _("wishes for women only"),
            GenderWish.MEN: _("wishes for men only"),
        }
        return wish.get(GenderWish(person.gender_wish), _("wishes for both women and men"))
    if field == "age_band":
        return (
            _("is of another age")
            if person.age_wish is None
            else _("wishes for people near their own age")
        )
    return _("has not said that they speak the language")


def rules_of(bench: Bench) -> Iterator[tuple[bool, str]]:
    """The centre's rules, each with whether the group keeps to it as it is now."""
    centre, number = bench.centre, len(bench.in_it)
    least = max(centre.min_to_start, bench.group.min_size if bench.group else 0)
    sizes = {"n": number, "least": least, "aim": centre.target_size, "most": centre.max_size}
    if number > centre.max_size:
        yield False, _("%(n)s people. The centre has at most %(most)s in a group.") % sizes
    else:
        words = _("%(n)s people. At least %(least)s start, %(aim)s is the aim, %(most)s the most.")
        yield number >= least, words % sizes
    ages = sorted(person.age for person in bench.people if person.age is not None)
    if len(ages) > 1:
        words = _("Ages %(from)s to %(to)s. The centre would like at most %(span)s years between.")
        told = {"from": ages[0], "to": ages[-1], "span": centre.age_span}
        yield bench.span <= centre.age_span, words % told
    if any(person.is_apart for person in bench.members):
        yield False, _("Two of them must not be in the same group. Take one of them out.")
    against = [person for person in bench.members if person.misses]
    if against:
        words = ngettext(
            "%(n)s person has wished for something else.",
            "%(n)s people have wished for something else.",
            len(against),
        )
        yield False, words % {"n": len(against)}
    elif number:
        yield True, _("The group is what each of them wishes for.")
