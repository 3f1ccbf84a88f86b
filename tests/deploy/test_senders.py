"""nginx counts a household as one sender, however many addresses it has."""

import re
from ipaddress import ip_address

import pytest
from django.conf import settings

CONF = (settings.BASE_DIR / "deploy/nginx/link.conf").read_text()
FIRST_HALF = re.search(r'"~(.+)" \$link_net;', CONF)


def sender(address: str) -> str:
    """As the map in the configuration tells it; nginx writes addresses as Python does."""
    assert FIRST_HALF
    written = str(ip_address(address))
    found = re.match(FIRST_HALF[1].replace("(?<", "(?P<"), written)
    return found["link_net"] if found else written


@pytest.mark.parametrize(
    "network", ["2001:db8:1:2", "2001:db8:1:0", "2001:db8:0:0", "2001:0:0:0", "2001:0:1:0"]
)
def test_all_addresses_of_a_network_are_one_sender(network):
    shortened = [sender(f"{network}:0:{last}:4:5") for last in (1, 2, 3)]
    whole = [sender(f"{network}:1:{last}:4:5") for last in (1, 2, 3)]

    assert len(set(shortened)) == len(set(whole)) == 1


def test_other_networks_are_others():
    others = ["2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:2::1", "2001:db9::1"]

    assert len({sender(each) for each in [*others, "192.0.2.1", "192.0.2.2"]}) == 6
