"""Invented people: common first names, addresses at example.org, numbers that nobody answers."""

import unicodedata
from collections.abc import Sequence
from random import Random

from centres.models import Centre
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.states import (
    ContactWay,
    Gender,
    GenderWish,
    GroupKind,
    HeardFrom,
    MeetingFormat,
    Need,
    Role,
    SpokenLanguage,
)

WOMEN = (
    "Anne Aud Berit Bente Camilla Eli Elin Fatima Grete Guro Hanne Heidi Hilde Inga Ingrid Jorunn"
    " Kari Karoline Laila Liv Maja Marit Mona Nina Ragnhild Randi Sara Silje Siv Solveig Tone Turid"
    " Unni Vigdis Wenche Åse Astrid Birgit Bodil Dina Ellen Frida Gerd Gunn Helene Ida Irene"
    " Johanne Julie Kristin Lena Linda Lise Malin Margrethe Marianne Nora Oda Ragna Reidun Rita"
    " Runa Sigrid Siri Sissel Stine Synne Synnøve Thea Torill Trine Tuva Vilde Yasmin Zahra Ylva"
)
MEN = (
    "Ahmed Anders Arne Ante Bjørn Dag Einar Erik Frode Geir Gunnar Hans Håkon Ivar Jan Kjell Knut"
    " Lars Leif Magnus Morten Nils Odd Ola Olav Per Petter Roar Rune Sigurd Stein Svein Terje Tor"
    " Trond Øyvind Alf Arild Asbjørn Atle Birger Daniel Egil Eivind Emil Espen Finn Fredrik Georg"
    " Harald Helge Henrik Jonas Jørgen Karl Kristian Kåre Lasse Martin Mats Mikkel Nikolai Omar"
    " Oskar Otto Ragnar Reidar Roger Rolf Sindre Sivert Sondre Tarjei Tobias Torbjørn Tore Ulf"
    " Vegard Yusuf Åge"
)

# Norway sets no telephone numbers aside for fiction. These are of a series for personal numbers
# (880), which no ordinary subscription has, and they pass as real ones in every form.
PHONE = "+47880{:05}"

EVENINGS = ("mon-evening", "tue-evening", "wed-evening", "thu-evening")
DAYTIME = ("mon-morning", "tue-morning", "wed-afternoon", "thu-morning", "fri-morning")
RARE = ("fri-afternoon", "sat-morning", "sun-afternoon", "fri-evening")

MESSAGES = (
    "Jeg er litt spent på å snakke i gruppe, men vil gjerne prøve.",
    "Helst ikke rett etter jobb.",
    "Jeg har vært i en gruppe før, og det var fint.",
    "Ring gjerne etter klokka tolv.",
    "Jeg bor litt utenfor byen og er avhengig av bussen.",
)


class Inventor:
    """Invents people one by one. The same seed invents the same people."""

    def __init__(self, random: Random, themes: Sequence[str], *, year: int, first: int = 0) -> None:
        self.random = random
        self.themes = themes
        self.year = year
        self.number = first
        self.names: dict[str, list[str]] = {WOMEN: [], MEN: []}

    def person(self, centre: Centre) -> Person:
        self.number += 1
        gender = self.random.choices((Gender.WOMAN, Gender.MAN, ""), (6, 4, 1))[0]
        name = self._name(WOMEN if gender == Gender.WOMAN else MEN)
        reached_by = self.random.choices(("both", "email", "phone"), (6, 2, 3))[0]
        phone = None if reached_by == "email" else PHONE.format(self.number % 100_000)
        email = None if reached_by == "phone" else f"{_ascii(name)}.{self.number}@example.org"
        ways = [ContactWay.EMAIL, ContactWay.EMAIL] if email else [ContactWay.SMS]
        if phone:
            ways.append(ContactWay.PHONE)
        return Person(
            name=name,
            phone=phone,
            email=email,
            preferred_way=self.random.choice(ways),
            may_leave_message=self.random.random() < 0.5,
            safe_times=self.random.choice(("", "", "", "Hverdager etter klokka 16")),
            language=self.random.choices(("nb", "nn", "en"), (16, 2, 1))[0],
            birth_year=self.year - int(self.random.triangular(19, 84, 45)),
            gender=gender,
            municipality=centre.municipalities.values_list("pk", flat=True).first(),
        )

    def _name(self, among: str) -> str:
        """No name comes again before all of them have been."""
        if not self.names[among]:
            self.names[among] = self.random.sample(among.split(), k=len(among.split()))
        return self.names[among].pop()

    def interest(self) -> Interest:
        random = self.random
        return Interest(
            role=random.choices((Role.OWN, Role.KIN), (6, 1))[0],
            kind=random.choices((GroupKind.EITHER, GroupKind.SOCIAL, GroupKind.SELF_HELP))[0],
            format=random.choices(
                (MeetingFormat.EITHER, MeetingFormat.PHYSICAL, MeetingFormat.DIGITAL), (5, 6, 1)
            )[0],
            themes=random.sample(self.themes, k=min(len(self.themes), random.choice((0, 1, 1, 2)))),
            any_theme=random.random() < 0.85,
            availability=self._week(),
            languages=random.choices(
                ((SpokenLanguage.NORWEGIAN,), (SpokenLanguage.NORWEGIAN, SpokenLanguage.ENGLISH)),
                (5, 1),
            )[0],
            gender_wish=GenderWish.ANY,
            age_near_mine=random.random() < 0.1,
            needs=(Need.STEP_FREE,) if random.random() < 0.08 else (),
            message=random.choice(MESSAGES) if random.random() < 0.3 else "",
            heard_from=random.choice(["", *HeardFrom.values]),
            would_initiate=random.random() < 0.08,
        )

    def easy_interest(self, week_slot: str) -> Interest:
        """Somebody who can meet in ``week_slot`` and fits with most."""
        return Interest(
            kind=GroupKind.EITHER,
            format=MeetingFormat.PHYSICAL,
            themes=self.random.sample(self.themes, k=min(len(self.themes), 1)),
            availability=sorted({week_slot, self.random.choice(DAYTIME)}),
            message=self.random.choice(MESSAGES) if self.random.random() < 0.3 else "",
            heard_from=self.random.choice(HeardFrom.values),
        )

    def _week(self) -> list[str]:
        random = self.random
        chosen = {*random.sample(EVENINGS, k=2), *random.sample(DAYTIME, k=random.choice((0, 1)))}
        if random.random() < 0.2:
            chosen.add(random.choice(RARE))
        return sorted(chosen)


def _ascii(name: str) -> str:
    plain = name.lower().translate(str.maketrans("øæå", "oea"))
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
