"""The named views of the register of keys: which are overdue, out, in the house and lost."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.admin.named_views import NamedView

DUE_FIRST = ("due", "venue", "number")

OVERDUE = NamedView(
    slug="overdue",
    title=_("Overdue"),
    help=_("They should have been back. Ring those who have them."),
    rows=lambda rows, today: rows.overdue(today),
    ordering=DUE_FIRST,
)
OUT = NamedView(
    slug="out",
    title=pgettext_lazy("keys", "Lent out"),
    help=_("Somebody has signed for them. The one that is due first is on top."),
    rows=lambda rows, today: rows.out(),
    ordering=DUE_FIRST,
)
AT_HOME = NamedView(
    slug="here",
    title=_("In the house"),
    help=_("These can be lent."),
    rows=lambda rows, today: rows.at_home(),
)
LOST = NamedView(
    slug="lost",
    title=pgettext_lazy("keys", "Lost"),
    help=_("Nobody knows where they are. Does the lock have to be changed?"),
    rows=lambda rows, today: rows.lost(),
)
KEY_VIEWS: tuple[NamedView, ...] = (OVERDUE, OUT, AT_HOME, LOST)
