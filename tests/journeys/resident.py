"""What a resident does, step by step."""

from tests.journeys.screen import Screen


def find_the_centre(screen: Screen, *, municipality: str, centre: str) -> None:
    screen.open("/")
    screen.write("Hvor bor du?", municipality)
    screen.press("Finn senteret mitt")
    assert screen.heading == municipality
    screen.follow(centre)
    assert screen.heading == centre


def register(screen: Screen, *, name: str, email: str, theme: str, week_slot: str) -> str:
    """The three pages, the answers to check, and the reference on the receipt."""
    screen.follow("Meld interesse")
    screen.follow("Start")
    assert len(send_an_empty_page(screen)) >= 2
    screen.choose("For meg selv")
    screen.choose("Ansikt til ansikt")
    screen.choose(theme)
    screen.press("Gå videre")
    screen.choose(week_slot)
    screen.page.get_by_label("Jeg har fylt 18 år").check()
    screen.press("Gå videre")
    screen.write("Hva kan vi kalle deg?", name)
    screen.write("E-post (én av de to)", email)
    screen.choose("E-post")
    screen.press("Gå videre")
    assert screen.heading == "Se over svarene dine"
    assert {name, email, "Tromsø", theme} <= set(screen.list_of("dl.link-answers dd"))
    for box in screen.page.get_by_role("checkbox").all():
        box.check()
    screen.press("Send inn interessemeldingen")
    assert screen.heading == "Takk. Vi har fått meldingen din."
    return screen.text(".link-receipt b")


def send_an_empty_page(screen: Screen) -> list[str]:
    """The complaints on top of the page about what is missing."""
    screen.press("Gå videre")
    assert screen.page.title().startswith("Feil:")
    return screen.list_of("#error-summary li")


def open_invitation(screen: Screen, path: str) -> None:
    screen.open(path)
    assert screen.heading == "Vi har en gruppe å foreslå for deg"


def say_yes(screen: Screen, path: str) -> None:
    open_invitation(screen, path)
    screen.press("Ja, jeg vil gjerne være med")
    assert screen.heading == "Takk for svaret"


def say_no(screen: Screen, path: str) -> None:
    open_invitation(screen, path)
    screen.unfold("Nei, denne gruppa er ikke for meg")
    screen.choose("Stedet passer ikke for meg")
    screen.press("Nei, ikke denne gruppa")
    assert screen.heading == "Takk for svaret"


def ask_for_another_time(screen: Screen, path: str, *, week_slot: str) -> None:
    open_invitation(screen, path)
    screen.unfold("Jeg vil gjerne ha en gruppe, men på en annen tid")
    screen.choose(week_slot)
    screen.press("La meg stå på lista med disse tidene")
    assert screen.heading == "Takk for svaret"


def find_the_link_closed(screen: Screen, path: str) -> None:
    screen.open_closed_door(path)
    assert screen.heading == "Denne lenken er ikke åpen lenger"
