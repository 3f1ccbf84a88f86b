"""Days as people write them in each language."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

DAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("nb", "WEEKDAY_FORMAT", "fredag 4. desember"),
        ("nn", "WEEKDAY_FORMAT", "fredag 4. desember"),
        ("en", "WEEKDAY_FORMAT", "Friday 4 December"),
        ("nb", "WEEKDAY_YEAR_FORMAT", "fredag 4. desember 2026"),
        ("en", "WEEKDAY_YEAR_FORMAT", "Friday 4 December 2026"),
        ("nb", "DATE_FORMAT", "4. desember 2026"),
        ("en", "DATE_FORMAT", "4 December 2026"),
    ],
)
def test_day_is_written_as_its_language_writes_it(language, name, written):
    template = Template(f'{{{{ day|date:"{name}" }}}}')

    with translation.override(language):
        assert template.render(Context({"day": DAY})) == written
