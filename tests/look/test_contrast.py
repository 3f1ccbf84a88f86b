"""Every pair of colours that text, borders and buttons are made of can be told apart."""

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "static" / "css" / "theme.css"
SCALES = ("accent", "neutral", "brand1", "brand2", "info", "success", "warning", "danger")
GROUNDS = (
    "background-default",
    "background-tinted",
    "surface-default",
    "surface-tinted",
    "surface-hover",
)
TEXT, EDGE = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    light, dark, forced_dark = THEME.read_text().split(":root")[1:]
    return {
        name: dict(re.findall(r"--(?:ds-color|link)-([a-z0-9-]+): (#[0-9a-f]{6});", block))
        for name, block in (("light", light), ("dark", dark), ("forced dark", forced_dark))
    }


def pairs(scale: str) -> list[tuple[str, str, float]]:
    """Front, ground and the contrast they need."""
    both = (scale, "neutral")
    grounds = [f"{which}-{ground}" for which in both for ground in GROUNDS]
    found = [
        (f"{scale}-{text}", g, TEXT) for text in ("text-default", "text-subtle") for g in grounds
    ]
    found += [
        (f"{scale}-{edge}", g, EDGE)
        for edge in ("border-default", "border-strong")
        for g in grounds
    ]
    found += [
        (f"neutral-{text}", f"{scale}-{g}", TEXT)
        for text in ("text-default", "text-subtle")
        for g in GROUNDS
    ]
    found += [
        (f"{scale}-base-contrast-default", f"{scale}-base-{state}", TEXT)
        for state in ("default", "hover", "active")
    ]
    found += [(f"{scale}-base-contrast-subtle", f"{scale}-base-default", TEXT)]
    found += [("focus-outer", f"{scale}-{g}", EDGE) for g in GROUNDS]
    return found


@pytest.mark.parametrize("scheme", schemes())
@pytest.mark.parametrize("scale", SCALES)
def test_colours_of_a_scale_can_be_told_apart(scheme: str, scale: str) -> None:
    colours = schemes()[scheme]

    too_close = [
        (front, ground, round(contrast(colours[front], colours[ground]), 2))
        for front, ground, needed in pairs(scale)
        if contrast(colours[front], colours[ground]) < needed
    ]

    assert too_close == []


def test_dark_by_choice_is_the_same_as_dark_by_device() -> None:
    found = schemes()

    assert found["forced dark"] == found["dark"]


@pytest.mark.parametrize("scheme", schemes())
@pytest.mark.parametrize("scale", ["accent", "danger"])
def test_a_button_stands_out_from_the_page(scheme: str, scale: str) -> None:
    colours = schemes()[scheme]

    found = contrast(colours[f"{scale}-base-default"], colours["neutral-background-default"])

    assert found >= EDGE


@pytest.mark.parametrize("scheme", schemes())
def test_thin_lines_can_be_seen_on_every_ground(scheme: str) -> None:
    colours = schemes()[scheme]
    grounds = [ground for ground in GROUNDS if ground != "surface-hover"]
    every = [f"{scale}-{ground}" for scale in ("neutral", "accent", "brand1") for ground in grounds]

    too_pale = [
        (line, each)
        for line in ("line", "warm")
        for each in every
        if contrast(colours[line], colours[each]) < EDGE
    ]

    assert too_pale == []


@pytest.mark.parametrize("scheme", schemes())
def test_foot_of_the_page_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    written = ("on-deep", "on-deep-subtle", "on-deep-warm")

    too_pale = [each for each in written if contrast(colours[each], colours["deep"]) < 7]

    assert too_pale == []
