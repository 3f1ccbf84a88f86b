"""Pictures of numbers as SVG: where each thing stands. The table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

BAR = 100  # the longest bar, in units of the picture
WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 10, 30
STEPS = (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 25_000, 100_000)
MOST_LINES = 5  # across the picture


@dataclass(frozen=True)
class Mark:
    """A place in the picture with words or a number to it."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Curve:
    """One measure over time."""

    words: str | Promise
    points: str  # as SVG has them: "40,12 180,30"
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Trend:
    """Curves over half-years, with lines across and what stands below."""

    curves: tuple[Curve, ...]
    levels: tuple[Mark, ...]
    below: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def trend(times: Sequence[str], curves: Sequence[tuple[str | Promise, Sequence[int]]]) -> Trend:
    """The picture of ``curves``, each with a number for each of ``times``."""
    highest = max((max(numbers, default=0) for _words, numbers in curves), default=0)
    step = next((each for each in STEPS if each * MOST_LINES >= highest), STEPS[-1])
    top = max(step, -(-highest // step) * step)
    between = (WIDTH - LEFT - RIGHT) / max(1, len(times) - 1)

    def x(place: int) -> int:
        return round(LEFT + place * between) if len(times) > 1 else WIDTH // 2

    def y(number: int) -> int:
        return round(HEIGHT - BOTTOM - number * (HEIGHT - TOP - BOTTOM) / top)

    def curve(words: str | Promise, numbers: Sequence[int]) -> Curve:
        marks = tuple(Mark(x(i), y(number), str(number)) for i, number in enumerate(numbers))
        return Curve(words, " ".join(f"{mark.x},{mark.y}" for mark in marks), marks)

    return Trend(
        curves=tuple(curve(words, numbers) for words, numbers in curves),
        levels=tuple(Mark(LEFT - 6, y(level), str(level)) for level in range(0, top + 1, step)),
        below=tuple(Mark(x(i), HEIGHT - 8, words) for i, words in enumerate(times)),
    )


def bar(number: int, longest: int) -> int:
    """The length of the bar for ``number``, beside one for ``longest``."""
    return round(BAR * number / longest) if longest else 0
