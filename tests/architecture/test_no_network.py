import socket

import pytest

from tests.no_network import NotHere

ELSEWHERE = "192.0.2.1"  # an address that nobody has


@pytest.mark.parametrize("host", ["example.org", ELSEWHERE])
def test_tests_call_no_other_machine(host):
    with pytest.raises(NotHere):
        socket.create_connection((host, 80), timeout=0.1)


def test_tests_send_nothing_to_another_machine():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(NotHere):
        sender.sendto(b"", (ELSEWHERE, 9))


def test_tests_may_call_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
