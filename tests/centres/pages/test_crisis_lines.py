import re

import pytest
from django.template import Context, Template

from centres.models import CrisisLine

LINES = Template("{% load crisis %}{% crisis_lines %}")

pytestmark = pytest.mark.django_db


def numbers() -> list[str]:
    return re.findall(r'href="tel:([^"]*)"', LINES.render(Context()))


def test_lines_stand_in_their_fixed_order(django_assert_num_queries):
    CrisisLine.objects.create(number="116 123", position=2)
    CrisisLine.objects.create(number="113", position=1)
    CrisisLine.objects.create(number="22 40 00 40", position=3)

    with django_assert_num_queries(1):
        found = numbers()

    assert found == ["113", "116123", "22400040"]


def test_three_numbers_stand_where_no_line_is_known():
    assert numbers() == ["113", "116117", "116123"]
