"""Made-up waiting lists for tests and benchmarks: realistic in shape, repeatable by seed.

Themes are skewed (a few are asked for much more than the others), evenings are popular, most
people have a few hours a week, a third have wishes that divide the list further.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from groups.matching import Initiator, OpenGroup, Participant, Problem, Rules, Venue
from groups.matching.model import GroupKey

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening")
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
TOPICS = (
    "anxiety", "depression", "grief", "divorce", "loneliness", "burnout", "addiction", "abuse",
    "next_of_kin", "self_esteem", "chronic_pain", "trauma", "eating", "parenthood", "bullying",
    "unemployment", "stress", "shame", "illness", "transitions",
)  # fmt: skip
AGE_BANDS = {"young": (18, 30), "adult": (31, 50), "senior": (51, 67), "older": (68, 110)}
AS_OF = date(2026, 9, 1)

SLOT_WEIGHT = {
    slot: {"morning": 3, "afternoon": 3, "evening": 8}[slot.split("-")[1]]
    * (0.15 if slot[:3] in ("sat", "sun") else 0.5 if slot.startswith("fri") else 1.0)
    for slot in SLOTS
}


def waiting_list(
    people: int,
    *,
    seed: int = 0,
    centres: int = 1,
    rooms: int | None = None,
    initiators: int | None = None,
    licences: int | None = None,
    flexible: bool = False,
    digital: float = 0.15,
    slots_each: int = 4,
    min_size: int = 4,
    max_size: int = 8,
    open_groups: int | None = None,
) -> Problem:
    """A list of so many people; resources grow with it unless they are given, in all."""
    rng = Random(seed)
    centre_ids = tuple(f"c{number:03}" for number in range(1, centres + 1))
    rooms = max(centres, people // 60) if rooms is None else rooms
    initiators = max(centres, people // 12) if initiators is None else initiators
    licences = max(1, people // 150) if licences is None else licences
    open_groups = people // 50 if open_groups is None else open_groups
    home = _skewed(centre_ids, rng)
    return Problem(
        as_of=AS_OF,
        rules=Rules(min_size, max_size, allow_open_theme=True),
        slots=SLOTS,
        topics=TOPICS,
        age_bands=AGE_BANDS,
        centres=centre_ids,
        venues=tuple(
            [_room(number, centre_ids, rng) for number in range(rooms)]
            + [_licence(number, rng) for number in range(licences)]
        ),
        initiators=tuple(_initiator(number, centre_ids, rng) for number in range(initiators)),
        participants=tuple(
            _person(number, centre_ids, home, rng, flexible, digital, slots_each)
            for number in range(people)
        ),
        keep_apart=tuple(
            (f"p{rng.randrange(people):06}", f"p{rng.randrange(people):06}")
            for _ in range(people // 40)
        ),
        open_groups=tuple(_open_group(number, centre_ids, rng) for number in range(open_groups)),
    )


def _skewed(names: tuple[str, ...], rng: Random) -> list[float]:
    return [1 / (1 + rank) ** 0.7 for rank in range(len(names))]


def _pick_slots(count: int, rng: Random) -> tuple[str, ...]:
    weights = dict(SLOT_WEIGHT)
    chosen: list[str] = []
    for _ in range(min(count, len(weights))):
        slot = rng.choices(list(weights), list(weights.values()))[0]
        chosen.append(slot)
        del weights[slot]
    return tuple(slot for slot in SLOTS if slot in chosen)


def _room(number: int, centres: tuple[str, ...], rng: Random) -> Venue:
    features = tuple(f for f in ("step_free", "hearing_loop") if rng.random() < 0.6)
    return Venue(
        f"r{number:04}",
        "room",
        centres[number % len(centres)],
        rng.choice((6, 7, 8, 8, 10, 12)),
        features,
        _pick_slots(rng.randrange(6, 13), rng),
    )


def _licence(number: int, rng: Random) -> Venue:
    return Venue(
        f"z{number:04}", "licence", None, 12, ("step_free", "hearing_loop"),
        _pick_slots(rng.randrange(8, 15), rng),
    )  # fmt: skip


def _initiator(number: int, centres: tuple[str, ...], rng: Random) -> Initiator:
    first = number % len(centres)
    served = {centres[first]}
    if len(centres) > 1 and rng.random() < 0.3:
        served.add(centres[(first + 1) % len(centres)])
    languages = ("nb", "en") if rng.random() < 0.4 else ("nb",)
    return Initiator(
        f"i{number:04}",
        tuple(sorted(served)),
        rng.random() < 0.4,
        languages,
        _pick_slots(rng.randrange(3, 8), rng),
        rng.choice((1, 1, 2, 2, 3)),
    )


def _person(
    number: int,
    centres: tuple[str, ...],
    home: list[float],
    rng: Random,
    flexible: bool,
    digital: float,
    slots_each: int,
) -> Participant:
    at = rng.choices(range(len(centres)), home)[0]
    accepted = [centres[at]]
    if len(centres) > 1 and rng.random() < 0.2:
        accepted.append(centres[(at + 1) % len(centres)])
    weights = [1 / (1 + rank) for rank in range(len(TOPICS))]
    topics = dict.fromkeys(rng.choices(TOPICS, weights, k=rng.choice((1, 1, 2, 2, 3, 4))))
    age = min(95, max(18, int(rng.gauss(44, 15))))
    band = next(name for name, (low, high) in AGE_BANDS.items() if low <= age <= high)
    gender = rng.choices("fmx", (62, 36, 2))[0]
    wish = "any"
    if rng.random() < 0.12 and gender != "x":
        wish = "women" if gender == "f" else "men"
    roll = rng.random()
    form = "digital" if roll < digital else "either" if roll < 2 * digital else "physical"
    languages = rng.choices((("nb",), ("nb", "en"), ("en",), ("nb", "nn")), (70, 22, 3, 5))[0]
    count = slots_each + 5 if flexible else max(1, slots_each + rng.randrange(-3, 4))
    return Participant(
        id=f"p{number:06}",
        centres=tuple(accepted),
        topics=tuple(topics),
        any_topic=flexible or rng.random() < 0.3,
        role="kin" if rng.random() < 0.2 else "own",
        role_wish="any" if flexible or rng.random() < 0.4 else "same",
        format="either" if flexible else form,
        kind=rng.choices(("self_help", "social", "either"), (45, 20, 35))[0],
        slots=_pick_slots(count, rng),
        languages=languages,
        gender=gender,
        gender_wish="any" if flexible else wish,
        age=age,
        age_wish=band if not flexible and rng.random() < 0.12 else None,
        needs=("step_free",) if rng.random() < 0.06 else (),
        waiting_since=AS_OF - timedelta(days=min(600, int(rng.expovariate(1 / 80)))),
        priority=1 if rng.random() < 0.03 else 0,
    )


def _open_group(number: int, centres: tuple[str, ...], rng: Random) -> OpenGroup:
    digital = rng.random() < 0.2
    weights = [1 / (1 + rank) for rank in range(len(TOPICS))]
    key = GroupKey(
        "digital" if digital else "physical",
        None if digital else centres[number % len(centres)],
        rng.choice(("social", "self_help")),
        rng.choices(TOPICS, weights)[0],
        rng.choices(("own", "kin", "mixed"), (7, 2, 1))[0],
        rng.choices(("mixed", "women"), (8, 1))[0],
        None,
        "nb",
        _pick_slots(1, rng)[0],
    )
    members = tuple(f"m{number:04}-{seat}" for seat in range(rng.randrange(3, 7)))
    return OpenGroup(f"og{number:04}", key, ("step_free",), members, rng.randrange(1, 4))


def planted(people: int, *, seed: int = 0, centres: int | None = None) -> Problem:
    """A list of so many people in which everybody can have a place.

    Groups are made up first, with a room and an initiator each; then their members are given other
    wishes besides, and the list forgets who sat where.
    """
    rng = Random(seed)
    centre_ids = tuple(f"c{number:04}" for number in range(1, (centres or people // 100) + 1))
    participants: list[Participant] = []
    rooms: dict[tuple[str, int], list[str]] = {}
    leading: list[tuple[str, list[str]]] = []  # centre and slots, two groups for each initiator
    used: dict[tuple[str, str], int] = {}
    while len(participants) < people:
        size = min(rng.randrange(5, 9), people - len(participants))
        size = size if people - len(participants) - size not in range(1, 5) else size - 4
        size = max(4, size)
        centre, slot = rng.choice(centre_ids), _pick_slots(1, rng)[0]
        number = used.get((centre, slot), 0)
        used[centre, slot] = number + 1
        rooms.setdefault((centre, number), []).append(slot)
        mine = next(
            (s for c, s in leading[-40:] if c == centre and len(s) < 2 and slot not in s), []
        )
        if not mine:
            leading.append((centre, mine))
        mine.append(slot)
        topic, kind = rng.choice(TOPICS), rng.choice(("social", "self_help"))
        for _ in range(size):
            participants.append(
                _member(len(participants), centre, slot, topic, kind, centre_ids, rng)
            )
    return Problem(
        as_of=AS_OF,
        rules=Rules(4, 8, allow_open_theme=True),
        slots=SLOTS,
        topics=TOPICS,
        age_bands=AGE_BANDS,
        centres=centre_ids,
        venues=tuple(
            Venue(f"{centre}-r{number}", "room", centre, 8, ("step_free",), tuple(slots))
            for (centre, number), slots in rooms.items()
        ),
        initiators=tuple(
            Initiator(f"i{number:05}", (centre,), False, ("nb",), tuple(slots), len(slots))
            for number, (centre, slots) in enumerate(leading)
        ),
        participants=tuple(participants),
    )


def _member(
    number: int,
    centre: str,
    slot: str,
    topic: str,
    kind: str,
    centres: tuple[str, ...],
    rng: Random,
) -> Participant:
    """Somebody who fits the group, and others as well."""
    topics = list(dict.fromkeys([topic, *rng.choices(TOPICS, k=rng.randrange(3))]))
    rng.shuffle(topics)
    slots = {slot, *_pick_slots(rng.randrange(4), rng)}
    return Participant(
        id=f"p{number:06}",
        centres=(centre, rng.choice(centres)) if rng.random() < 0.1 else (centre,),
        topics=tuple(topics),
        any_topic=rng.random() < 0.3,
        role="own",
        role_wish="any" if rng.random() < 0.4 else "same",
        format="physical",
        kind="either" if rng.random() < 0.5 else kind,
        slots=tuple(one for one in SLOTS if one in slots),
        languages=("nb", "en") if rng.random() < 0.2 else ("nb",),
        gender=rng.choice("fm"),
        gender_wish="any",
        age=rng.randrange(18, 90),
        age_wish=None,
        needs=(),
        waiting_since=AS_OF - timedelta(days=rng.randrange(400)),
    )
