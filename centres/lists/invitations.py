"""The named views of the list of invitations: what has come of them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.admin.named_views import NamedView

WAITING = NamedView(
    slug="waiting",
    title=pgettext_lazy("invitations", "Not answered"),
    help=_("They have a link and have not said yes yet. You can send it again, or withdraw it."),
    rows=lambda rows, today: rows.open().filter(expires_at__gt=timezone.now()),
)
TOO_OLD = NamedView(
    slug="too-old",
    title=pgettext_lazy("invitations", "Too old"),
    help=_("Seven days went by without an answer. Send it again if the person is still to come."),
    rows=lambda rows, today: rows.open().filter(expires_at__lte=timezone.now()),
)
VIEWS = (WAITING, TOO_OLD)
