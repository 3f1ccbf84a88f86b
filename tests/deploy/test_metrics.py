"""Prometheus reads through the shipped nginx, from this machine and with the token alone."""

import http.client
import json
import re

import pytest

from tests.running.served import Served

pytestmark = pytest.mark.prove

COUNT = re.compile(r'^link_requests_total\{status="200"\} (\d+)', re.MULTILINE)


def scrape(served: Served, path: str = "/metrics", token: str = "") -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", served.metrics_port, timeout=30)
    line.request("GET", path, headers={"Authorization": f"Bearer {token or served.metrics_token}"})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


def test_operator_alone_reads_what_all_processes_have_counted(served: Served) -> None:
    brought = {"Authorization": f"Bearer {served.metrics_token}"}
    status, before = scrape(served)
    for _time in range(40):
        assert served.ask("/").status == 200
    _status, after = scrape(served)

    assert status == 200
    assert int(COUNT.findall(after)[0]) == int(COUNT.findall(before)[0]) + 40
    assert "link_database_up 1" in after
    assert served.ask("/metrics", **brought).status == 404
    assert scrape(served, token="x" * 43)[0] == 404
    assert scrape(served, path="/")[0] == 404
    assert scrape(served, path="/metrics/")[0] == 404
    is_found_in_both_logs(served)


def is_found_in_both_logs(served: Served) -> None:
    """One request, by the id that nginx gave it. Every line of the program's is JSON."""
    assert served.ask("/sentre/?q=Kanarifugl").status == 200

    of_nginx = (served.folder / "link.log").read_text().splitlines()[-1].split()[-1]
    lines = [json.loads(line) for line in (served.folder / "web.log").read_text().splitlines()]
    [line] = [line for line in lines if line.get("request") == of_nginx]
    assert (line["route"], line["status"]) == ("centres:centre-list", 200)
    assert "Kanarifugl" not in served.logs()
