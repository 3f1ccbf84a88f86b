"""Whoever has the numbers for a role comes to the reports, and to nothing else."""

import pytest
from django.urls import reverse

from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db

REPORT = "admin:groups_statisticssnapshot_changelist"


@pytest.fixture
def reader(client):
    client.force_login(recipes.staff(Role.STATISTICS))
    return client


def test_log_in_leads_to_the_report(reader):
    response = reader.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0] == reverse(REPORT)
    assert response.status_code == 200


def test_any_other_page_leads_to_the_report(reader):
    for name in ("participants_registration_changelist", "centres_centre_changelist", "handbook"):
        response = reader.get(reverse(f"admin:{name}"), follow=True)

        assert response.redirect_chain[-1][0] == reverse(REPORT)


def test_report_names_no_page_that_is_closed(reader):
    page = reader.get(reverse(REPORT)).content.decode()

    assert reverse("admin:groups_statisticssnapshot_demand") not in page
    assert "/admin/participants/" not in page
    assert "/admin/centres/" not in page
    assert reverse("admin:handbook") not in page


def test_reader_chooses_the_language(reader):
    chosen = {"language": "nn", "next": reverse(REPORT)}
    response = reader.post(reverse("admin:language"), chosen, follow=True)

    assert response.redirect_chain == [(reverse(REPORT), 302)]
    assert response.context["user"].language == "nn"


def test_reader_is_told_how_long_the_session_lasts(reader):
    assert reader.get(reverse("admin:session")).json()["left"] > 0


@pytest.mark.parametrize("page", ["changelist", "file"])
def test_numbers_need_the_second_factor_as_all_pages_do(reader, settings, page):
    settings.SECOND_FACTOR_REQUIRED = True

    response = reader.get(reverse(f"admin:groups_statisticssnapshot_{page}"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("mfa_index"))
