"""What was opened and why, as staff say it. The person reads those of ``participants.states``."""

from django.utils.translation import gettext_lazy as _

from participants.states import Door, ReadReason

DOORS = {
    Door.PERSON: _("the person's page"),
    Door.DATA: _("all that is stored, on paper"),
    Door.MESSAGE: _("a message"),
    Door.CALL_LIST: _("the call list"),
    Door.LETTER: _("a letter"),
    Door.PROPOSALS: _("proposals of groups"),
    Door.GROUP: _("the page of a group"),
    Door.BENCH: _("the workbench"),
    Door.LIST: _("a list"),
    Door.SEARCH: _("a search"),
    Door.EXPORT: _("a file"),
}
WHY = {
    ReadReason.PERSON_CALLED: _("They have rung, written or come by"),
    ReadReason.COLLEAGUE_AWAY: _("My colleague is not at work"),
    ReadReason.TOGETHER: _("We look at it together"),
    ReadReason.FINDING_GROUP: _("To find a group"),
    ReadReason.LOOKED_THROUGH: _("I lead the centre, and look through what is done"),
    ReadReason.RINGING: _("To ring from paper"),
    ReadReason.MEETING: _("To plan groups together"),
    ReadReason.REPORTING: _("To report numbers"),
    ReadReason.ASKED: _("The person has asked for it"),
    ReadReason.SAFETY: _("To have it while the system is out of use"),
}
