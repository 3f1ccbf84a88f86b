"""LINK's mark is one drawing: in the head of each page, and as the icon that browsers show."""

import re

from django.conf import settings

CIRCLE = re.compile(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')


def test_icon_is_drawn_as_the_logo() -> None:
    logo, icon = (
        CIRCLE.findall((settings.BASE_DIR / path).read_text())
        for path in ("templates/_logo.html", "static/img/favicon.svg")
    )

    assert icon == logo
    assert len(logo) == 7  # the ring, five who sit, and one who is new
