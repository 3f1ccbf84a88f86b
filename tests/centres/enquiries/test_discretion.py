"""What somebody writes is in no log, no address, no title and no subject."""

import io
import logging
import re

import pytest

from centres.models import Enquiry
from centres.states import Role
from linkcenter.models import Message
from linkcenter.operating.logs import DiscreetFormatter
from tests import recipes
from tests.centres.enquiries import ask

pytestmark = pytest.mark.django_db

CANARY = "Kanarifugl"


@pytest.fixture
def written():
    """All that is logged, whatever the level, as it stands in the file."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("kind", ask.KINDS)
def test_what_was_written_is_nowhere_but_where_it_is_answered(client, written, kind):
    centre = recipes.centre("link-tromso")
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    words = {"text": CANARY, "name": CANARY, "when": CANARY, "email": f"{CANARY}@example.org"}
    query = "?senter=link-tromso"

    sent = ask.send(client, kind, query=query, **words)
    refused = ask.send(client, kind, query=query, **(words | {"email": CANARY}))
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    enquiry = Enquiry.objects.get()
    page = client.get(f"/admin/centres/enquiry/{enquiry.pk}/change/")
    for act in ("done", "forget"):
        client.post(f"/admin/centres/enquiry/{enquiry.pk}/{act}/")

    titles = re.findall(r"<title>(.*?)</title>", (refused.content + page.content).decode(), re.S)
    addresses = [
        sent.headers["Location"],
        *re.findall(r'(?:action|href)="(/[^"]*)"', str(page.content)),
    ]
    subjects = Message.objects.values_list("subject", flat=True)
    acts = [str(values) for values in enquiry.activities.values()]
    assert CANARY in page.content.decode()
    assert len(titles) == 2
    for told in (written.getvalue(), *titles, *addresses, *subjects, *acts):
        assert CANARY not in told
        assert "41234567" not in told.replace(" ", "")
