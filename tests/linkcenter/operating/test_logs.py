"""What a line of the log tells, and what it keeps to itself."""

import asyncio
import gc
import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from linkcenter.operating.logs import DiscreetFormatter, JsonFormatter, request_id
from linkcenter.web.errors import handler500

TOKEN = "KanarifuglKanarifuglKanarifuglKanarifugl123"
FORMATTERS = [DiscreetFormatter, JsonFormatter]


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that is logged meanwhile, as one of the formatters writes it."""
    request_id.set("")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    handler.setLevel(logging.INFO)
    logger = logging.getLogger("linkcenter.web.request_log")
    before = logger.level
    logger.setLevel(logging.INFO)
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)
    logger.setLevel(before)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("log", [JsonFormatter], indirect=True)
def test_request_is_told_by_its_page_and_not_its_address(client, log):
    known = "4f2a91c3" * 4

    client.get(f"/lenke/{TOKEN}/?q=Kanarifugl", headers={"X-Request-ID": known})

    told = lines(log)[0]
    ms = told.pop("ms")
    assert isinstance(ms, float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(told.pop("time")))
    assert told == {
        "level": "INFO",
        "logger": "linkcenter.web.request_log",
        "message": f"GET participants:link 404 {ms}ms",
        "request": known,
        "method": "GET",
        "route": "participants:link",
        "status": 404,
    }
    assert [line["request"] for line in lines(log)] == [known] * len(lines(log))


@pytest.mark.django_db
@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
@pytest.mark.parametrize(
    "path", ["/Kanarifugl/", "/Blå Kanarifugl/", f"/lenke/{TOKEN}/", "/sentre/Kanarifugl/"]
)
def test_address_stands_in_no_line(client, log, path):
    assert client.get(path).status_code == 404

    assert "Not Found: " in log.getvalue()
    assert "anarifugl" not in log.getvalue()


@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_error_of_a_request_is_told_by_its_kind(rf, log):
    quoting = {"request": rf.get("/"), "status_code": 400}
    logger = logging.getLogger("django.security.SuspiciousOperation")

    logger.error("100%_Kanarifugl is not allowed", extra=quoting)

    assert "SuspiciousOperation: -" in log.getvalue()
    assert "anarifugl" not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_page_that_somebody_came_from_is_told_by_its_host(log):
    strict = Client(enforce_csrf_checks=True)
    came_from = {"Referer": "https://example.org/Kanarifugl/?q=Kanarifugl"}

    page = strict.post("/logg-inn/", secure=True, headers=came_from)

    assert page.status_code == 403
    assert "https://example.org… does not match" in log.getvalue()
    assert "anarifugl" not in log.getvalue()


@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_error_tells_its_kind_and_place_and_not_its_words(log):
    try:
        int("Kanarifugl")
    except ValueError:
        logging.getLogger("linkcenter").exception("That did not work")

    assert "ValueError" in log.getvalue()
    assert "test_logs.py:" in log.getvalue()
    assert "anarifugl" not in log.getvalue()


@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_error_that_leads_to_itself_comes_to_an_end(rf, log):
    first, second = ValueError("one"), KeyError("two")
    first.__cause__, second.__cause__ = second, first

    logging.getLogger("linkcenter").error("That did not work", exc_info=first)
    try:
        raise first
    except ValueError:
        page = handler500(rf.get("/"))

    assert page.status_code == 500
    assert log.getvalue().count("KeyError") == 1


@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_error_among_what_is_told_is_its_kind(log):
    quoting = ValueError("Kanarifugl")

    logging.getLogger("psycopg").warning("error ignored in rollback on %s: %s", "it", quoting)
    logging.getLogger("linkcenter").error(quoting)

    assert "error ignored in rollback on it: ValueError" in log.getvalue()
    assert log.getvalue().count("ValueError") == 2
    assert "anarifugl" not in log.getvalue()


@pytest.mark.parametrize("log", FORMATTERS, indirect=True)
def test_task_that_nobody_waited_for_quotes_no_error(log):
    async def fail():
        raise ValueError("Kanarifugl")

    async def forget():
        task = asyncio.create_task(fail())
        await asyncio.wait([task])

    asyncio.run(forget())
    gc.collect()

    assert "Task exception was never retrieved" in log.getvalue()
    assert "anarifugl" not in log.getvalue()


def test_line_of_json_stays_one_line():
    record = logging.LogRecord("x", logging.INFO, "", 0, 'two\nlines and a "%s"', ("ø",), None)

    written = JsonFormatter().format(record)

    assert written.count("\n") == 0
    assert json.loads(written)["message"] == 'two\nlines and a "ø"'


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "x" * 32, "4f2a91c3" * 5, "4F2A91C3" * 4])
@pytest.mark.parametrize("log", [JsonFormatter], indirect=True)
def test_id_that_nginx_did_not_make_is_not_taken(client, log, given):
    client.get("/robots.txt", headers={"X-Request-ID": given})

    assert re.fullmatch("[0-9a-f]{32}", str(lines(log)[-1]["request"]))
    assert lines(log)[-1]["request"] != given


@pytest.mark.django_db
def test_page_that_says_sorry_has_a_code_to_read_out(client):
    page = client.get("/?q=%00", headers={"X-Request-ID": "4f2a91c3" * 4})

    assert page.status_code == 400
    assert "<strong>4f2a 91c3</strong>" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("log", [JsonFormatter], indirect=True)
def test_machines_leave_no_line(client, log):
    for path in ("/healthz", "/readyz"):
        client.get(path)

    assert log.getvalue() == ""
