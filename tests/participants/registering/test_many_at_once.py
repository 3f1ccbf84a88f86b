"""Many registrations at once, against the product as it runs: none lost, none doubled."""

import pytest
from django.core.management import call_command

from bench.registrations import faults, send_all
from bench.web import production


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_five_hundred_at_a_hundred_at_once():
    call_command("load_reference", verbosity=0)

    with production() as web:
        sent = send_all(web, 500)

    assert faults(sent) == []
    assert sum(sent.answers.values()) == 550  # every tenth button is pressed twice
