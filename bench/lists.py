"""The staff's lists: what a million registrations cost beside ten thousand, in one run.

A few thousand people are made as the product makes them. PostgreSQL copies them, each with another
key, moment, state and telephone number.
"""

from collections.abc import Iterator
from datetime import date
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.pages import COORDINATOR, scratch_database
from bench.summary import Finding
from centres.models import Centre
from linkcenter.models import User
from participants.domain.person.search import hidden
from participants.models import Participant, Registration, Talk
from participants.states import EntryChannel, Role, TalkKind, TalkOutcome

SIZES = (10_000, 1_000_000)
ROUNDS = 9
FROM = 100_000  # the key of the first copy
LATELY = 180 * 24 * 60  # minutes: whom nothing was heard of for longer has been deleted
LIST = reverse("admin:participants_registration_changelist")
FIRST = ("Kari", "Ola", "Anne", "Per", "Ingrid", "Lars", "Liv", "Nils", "Eva", "Odd")
LAST = ("Ås", "Berg", "Dal", "Lund", "Vik", "Åsen", "Bergen", "Dalen", "Lunden", "Viken")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
ALONE = "Solveig Annerledes"  # the only one of that name
PAGES = {
    "list, all": "",
    "list, new": "?view=new",
    "list, waiting": "?view=waiting",
    "list, in contact": "?view=contact",
    "list, closed": "?view=closed",
    "list, a filter": "?format__exact=digital",
    "list, page 20": "?p=20",
    "search, reference": "D-5000",
    "search, one name": ALONE,
    "search, last digits": "4567",
    "search, common name": NAMES[0],
    "search, nobody": "Finnes Ikke",
}


def run(sizes: tuple[int, ...] = SIZES) -> list[Finding]:
    with scratch_database():
        call_command("load_reference", verbosity=0)
        call_command("seed_demo", registrations=100, verbosity=0)
        staff = User.objects.get(email=COORDINATOR)
        client = Client()
        client.force_login(staff)
        home = Centre.objects.get(staff_roles__user=staff)
        of = patterns(home, staff)
        took = []
        made = 0
        for size in sizes:
            fill(made, size, home, of)
            made = size
            took.append({name: seconds(client, address_of(query)) for name, query in PAGES.items()})
            took[-1]["start page"] = seconds(client, reverse("admin:index"), rounds=2)
    print("milliseconds of the staff's pages, and how often the least")
    print(f"{'':24}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>9}")
    for name in took[0]:
        times = [each[name] * 1000 for each in took]
        print(
            f"{name:24}"
            + "".join(f"{each:>12.1f}" for each in times)
            + f"{times[-1] / times[0]:>9.2f}"
        )
    return list(_findings(sizes, took[0], took[-1]))


def _findings(
    sizes: tuple[int, ...], first: dict[str, float], last: dict[str, float]
) -> Iterator[Finding]:
    """The worst of the lists and of the searches, and the start page."""
    for kind in ("list", "search", "start page"):
        ratio = {name: last[name] / first[name] for name in last if name.startswith(kind)}
        worst = max(ratio, key=lambda name: ratio[name])
        yield Finding(
            f"{worst}, at {sizes[-1]:,} of {sizes[0]:,}",
            f"{ratio[worst]:.2f}",
            f"{first[worst] * 1000:.0f} and {last[worst] * 1000:.0f} ms",
        )


def address_of(query: str) -> str:
    return f"{LIST}{query}" if query[:1] in ("", "?") else f"{LIST}?q={hidden(query)}"


def seconds(client: Client, address: str, *, rounds: int = ROUNDS) -> float:
    """The median of the page, once warm."""
    times = []
    for _round in range(rounds + 1):
        begun = perf_counter()
        answer = client.get(address)
        times.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code} for {address}")
    return median(times[1:])


def patterns(home: Centre, staff: User) -> list[int]:
    """The keys of a person of each name at each centre, to copy; and one more, in contact."""
    today = date(2026, 1, 1)
    people = Participant.objects.bulk_create(
        Participant(centre=centre, name=name, postal_address="x", confirmed_adult_on=today)
        for centre in Centre.objects.all()
        for name in NAMES
    )
    now = timezone.now()
    alone = Participant.objects.create(
        centre=home, name=ALONE, phone="+4741234567", confirmed_adult_on=today
    )
    registration = Registration.objects.create(
        participant=alone,
        registered_at=now,
        heard_at=now,
        channel=EntryChannel.WEB,
        role=Role.OWN,
        availability=["tue-evening"],
    )
    Talk.objects.create(
        registration=registration, kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=staff
    )
    return sorted(person.pk for person in people)


def copied(model: type[Model], **others: str) -> tuple[str, str]:
    """The columns of ``model``, and what a copy has in each: its pattern's value or another one."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = [others.get(column, f"pattern.{column}") for column in columns]
    return ", ".join(columns), ", ".join(values)


def fill(first: int, last: int, home: Centre, of: list[int]) -> None:
    """People ``first`` to ``last``, copied from ``of``: a fifth at ``home``, a seventh open."""
    people, person = copied(
        Participant,
        id=f"{FROM} + n",
        search_keys="pattern.search_keys || left(md5(n::text), 22)::varchar",
        reach_keys="array[left(md5(n::text), 22)::varchar]",
    )
    registrations, registration = copied(
        Registration,
        id=f"{FROM} + n",
        participant_id=f"{FROM} + n",
        centre_id="person.centre_id",
        registered_at="told.at",
        heard_at="told.last",
        state="told.state",
        close_reason="case when told.state = 'closed' then 'done' else '' end",
        closed_at="case when told.state = 'closed' then told.last end",
        format="(array['physical', 'digital', 'either'])[1 + n % 3]",
        submission_key="null",
    )
    talks, talk = copied(
        Talk,
        id=f"{FROM} + n",
        registration_id=f"{FROM} + n",
        at="of.registered_at + interval '2 days'",
        next_try="current_date + 3",
    )
    numbers = f"generate_series({first + 1}, {last}) n"
    with connection.cursor() as cursor:
        # What is copied holds already; the triggers would look at each row.
        cursor.execute("set session_replication_role = replica")
        for which, chosen, place in (
            ("=", "n % 5 = 0", f"n / 5 % {len(NAMES)}"),
            ("<>", "n % 5 > 0", f"n % {len(NAMES) * (Centre.objects.count() - 1)}"),
        ):
            cursor.execute(
                f"""insert into participants_participant ({people}) select {person}
                from (select *, row_number() over (order by id) - 1 as place
                    from participants_participant where id between {of[0]} and {of[-1]}
                        and centre_id {which} {home.pk}) pattern
                join (select n, {place} as place from {numbers} where {chosen}) numbered
                    using (place)"""  # noqa: S608  # our own names and numbers
            )
        cursor.execute(
            f"""insert into participants_registration ({registrations}) select {registration}
            from (select registration.* from participants_registration registration
                join participants_participant p on p.id = participant_id
                where phone is not null and p.id < {FROM} order by p.id desc limit 1) pattern,
            {numbers} join participants_participant person on person.id = {FROM} + n,
            lateral (select
                now() - interval '1 minute' * (n * 7919::bigint % 2000003) as at,
                now() - interval '1 minute' * least(
                    n * 7919::bigint % 2000003, n * 7919::bigint % {LATELY}) as last,
                case when n / 5 % 20 = 7 then 'received' when n / 5 % 10 = 3 then 'waiting'
                    else 'closed' end as state) told"""  # noqa: S608  # our own names and numbers
        )
        cursor.execute(
            f"""insert into participants_talk ({talks}) select {talk}
            from (select * from participants_talk where id < {FROM} order by id desc limit 1)
                pattern,
            {numbers} join participants_registration of on of.id = {FROM} + n
            where n / 100 % 3 > 0"""  # noqa: S608  # our own names and numbers
        )
        cursor.execute("set session_replication_role = default")
    with connection.cursor() as cursor:
        for model in (Participant, Registration, Talk):
            cursor.execute(f"vacuum analyze {model._meta.db_table}")
