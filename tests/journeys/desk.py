"""What staff do at their desk, step by step."""

import re
from collections.abc import Callable
from typing import Any

from tests.journeys.screen import Screen

MOVES = ".desk-timeline li p:nth-of-type(1)"


def log_in(screen: Screen, email: str, password: str) -> None:
    screen.open("/admin/")
    screen.write("E-post", email)
    screen.write("Passord", password)
    screen.press("Logg inn")
    assert screen.heading == "Dette trenger deg i dag"


def needs_today(screen: Screen) -> dict[str, int]:
    """The tiles of the start page that are not at nought, by the list that each opens."""
    screen.open("/admin/")
    counts = {}
    for tile in screen.page.locator(".today-matter a").all():
        path, _, view = str(tile.get_attribute("href")).partition("/?view=")
        counts[f"{path.rpartition('/')[2]}: {view}"] = int(tile.locator("b").inner_text())
    return {tile: count for tile, count in counts.items() if count}


def open_person(screen: Screen, reference: str) -> None:
    screen.open("/admin/participants/registration/?view=")
    screen.follow(reference)
    assert screen.heading == reference


def record_contact(screen: Screen, *, did: str, outcome: str) -> None:
    screen.choose(did)
    screen.choose(outcome)
    screen.press("Lagre kontakten")


def timeline(screen: Screen) -> list[str]:
    """What has happened, the first thing first: a page holds the latest, and a link leads back."""
    moves = screen.list_of(MOVES)
    while screen.page.get_by_role("link", name="Eldre", exact=True).count():
        screen.follow("Eldre")
        moves += screen.list_of(MOVES)
    return moves[::-1]


def references_on_the_list(screen: Screen) -> list[str]:
    screen.open("/admin/participants/registration/?view=")
    return screen.list_of("#result_list tbody th a")


def answer_to(screen: Screen, kind: str, pk: int) -> tuple[str, str]:
    """Where one ends up and what one reads when one asks for an object by its number."""
    screen.open(f"/admin/{kind}/{pk}/change/")
    return screen.path, screen.text("body").replace(f"«{pk}»", "«#»")  # and not in a date


def open_the_group(screen: Screen) -> None:
    screen.open("/admin/groups/selfhelpgroup/")
    screen.follow(re.compile(r"^Gruppe \d+$"))


def ask_for_proposals(screen: Screen, worker: Callable[[], Any]) -> None:
    """Ask, see that it waits for its turn, and look again when the worker has been there."""
    screen.open("/admin/")
    screen.press("Be om forslag")
    assert screen.heading == "Forslag"
    assert "Arbeidet venter på tur" in screen.text()
    worker()
    screen.open(screen.path)


def put_the_first_proposal_together(screen: Screen) -> None:
    screen.press(re.compile("^Sett sammen denne gruppa"))
    assert re.match(r"Gruppe \d+$", screen.heading)


def people_in_the_group(screen: Screen) -> set[str]:
    return set(re.findall(r"D-\d+", " ".join(screen.list_of("main p a.ds-link"))))


def add(screen: Screen, reference: str) -> None:
    option = screen.page.locator("select[name=registration] option", has_text=reference)
    value = option.get_attribute("value")
    screen.page.locator("select[name=registration]").select_option(value)
    screen.press("Legg til i gruppa")


def take_out(screen: Screen, reference: str) -> None:
    screen.press(f"Ta ut {reference}")
