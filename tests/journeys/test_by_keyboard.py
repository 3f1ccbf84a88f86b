"""Somebody who uses neither mouse nor finger gets from the front page to the form."""

import pytest

from tests.journeys.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = "() => (document.activeElement.innerText || document.activeElement.id || '').trim()"


def tab_to(screen: Screen, name: str, *, at_most: int = 60) -> int:
    """Press Tab until what is called ``name`` has the focus; how often that took."""
    for presses in range(1, at_most + 1):
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate(FOCUS) == name:
            return presses
    raise AssertionError(f"{at_most} presses of Tab do not lead to {name!r}")


def enter(screen: Screen) -> None:
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")
    screen.look()


def test_from_the_front_page_to_the_form_by_keyboard(country, window: Screen) -> None:
    window.open("/")
    assert tab_to(window, "Gå til innholdet") == 1
    window.page.keyboard.press("Enter")
    assert tab_to(window, "q") == 1
    window.page.keyboard.type("tromsø")
    enter(window)
    assert window.path == "/kommuner/5501-tromso/"

    tab_to(window, "LINK Tromsø og Omegn")
    enter(window)
    assert window.path == "/sentre/link-tromso/"

    tab_to(window, "Gå til innholdet")
    window.page.keyboard.press("Enter")
    tab_to(window, "Meld interesse", at_most=10)
    enter(window)
    assert window.path == "/meld-interesse/link-tromso/"
    tab_to(window, "Start")
    enter(window)
    assert window.path == "/meld-interesse/link-tromso/gruppe/"


def tick(screen: Screen, selector: str) -> None:
    move_to(screen, selector)
    screen.page.keyboard.press("Space")


def write(screen: Screen, name: str, text: str) -> None:
    move_to(screen, f"[name={name}]")
    screen.page.keyboard.type(text)


def go_on(screen: Screen) -> None:
    move_to(screen, "main form.link-form [type=submit]")
    enter(screen)


def move_to(screen: Screen, selector: str, *, at_most: int = 60) -> None:
    has_focus = f"document.activeElement.matches({selector!r})"
    for _press in range(at_most):
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate(has_focus):
            return
    raise AssertionError(f"{at_most} presses of Tab do not lead to {selector}")


@pytest.mark.prove
def test_whole_form_is_sent_by_keyboard(country, window: Screen) -> None:
    window.open("/meld-interesse/link-tromso/gruppe/")
    go_on(window)
    assert window.page.evaluate("document.activeElement.id") == "error-summary"
    tick(window, "[name=role]")
    tick(window, "[name=format]")
    go_on(window)
    tick(window, "[value=tue-evening]")
    tick(window, "[name=is_adult]")
    go_on(window)
    write(window, "name", "Kari")
    write(window, "email", "kari@example.org")
    tick(window, "[name=preferred_way]")
    go_on(window)
    assert window.heading == "Se over svarene dine"
    tick(window, "[name=contact]")
    go_on(window)

    assert window.heading == "Takk. Vi har fått meldingen din."
