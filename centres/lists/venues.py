"""The named views of rooms and licences."""

from django.utils.translation import gettext_lazy as _

from linkcenter.admin.named_views import NamedView

HOST_KEYS = NamedView(
    slug="host-keys",
    title=_("Host keys to change"),
    help=_("The key is half a year old, or somebody who had the licence before may know it."),
    rows=lambda rows, today: rows.host_key_to_change(today),
)
VENUE_VIEWS = (
    NamedView(
        slug="rooms",
        title=_("Rooms"),
        help=_("Rooms in use, with their places and what makes them easy to get into."),
        rows=lambda rows, today: rows.rooms(),
    ),
    NamedView(
        slug="licences",
        title=_("Video licences"),
        help=_("One row for each meeting that can run at once."),
        rows=lambda rows, today: rows.licences(),
    ),
    HOST_KEYS,
)
