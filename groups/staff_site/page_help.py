"""One sentence on each list and form of the staff's pages: what it is, and what one does there.

Lists with named views have a sentence for each view, and pages of our own say it themselves.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIST, FORM = "changelist", ("add", "change")

# Of each model: what its list is, and what to know when one fills in its form.
HELP: dict[str, tuple[str | Promise, str | Promise]] = {
    "centres_article": ("", _("Write as you would talk. Look at the preview before you show it.")),
    "centres_booking": (
        "",
        _("For a single evening. A weekly time is made on the page of the group."),
    ),
    "centres_centre": ("", _("What is filled in here, people read at once. Keep it right.")),
    "centres_crisisline": (
        _("The numbers that people in need see on every page, in this order."),
        _("Ring the number yourself before you save, and fill in the day you did."),
    ),
    "centres_event": ("", _("People see it when you tick that it is shown.")),
    "centres_municipality": (
        _("Norway's municipalities. Search for one to see which centre serves it."),
        _("Names that people may search for can be added. The number stays."),
    ),
    "centres_organisation": (
        _("Those we work with, and those who borrow rooms."),
        _("The name stands on the centre's page where the organisation is a partner."),
    ),
    "centres_slot": (
        _("The weekly times of the house. Open one to see its dates, or to move it."),
        _("The times are set aside a year ahead. You are told if something is in the way."),
    ),
    "centres_staffrole": (
        _("Who may do what, and at which centre. A right that you take away ends at once."),
        _("Somebody may have several roles, also at several centres."),
    ),
    "centres_venue": (
        "",
        _("A room, or a licence for video. Each can hold one meeting at a time."),
    ),
    "groups_export": (
        _("Each list of people that was taken out: by whom, when and why."),
        _("What was taken out, by whom and why. It cannot be changed."),
    ),
    "groups_followup": ("", _("It is done on the page of the group.")),
    "groups_initiator": (
        "",
        _("Ask first. They have a page of their own by a link, and no account."),
    ),
    "groups_planstep": (
        _("What is due for every group, and how long after its start. You choose it yourselves."),
        _("Groups that start after this get the step. Those that run keep what they have."),
    ),
    "groups_statisticssnapshot": (_("The numbers of each half-year. They never change."), ""),
    "linkcenter_jobrun": (
        _("What was done at night, and how much of it."),
        _("One night's work. It cannot be changed."),
    ),
    "linkcenter_user": (
        _("Everybody who can log in. An account opens nothing until it has a role."),
        _("Whoever has left is not deleted: take away the tick, and the account is shut."),
    ),
    "participants_consenttext": (
        _("What people say yes to, word for word. A text that has been used never changes."),
        _("Write a new version instead. Those who said yes to the old one keep it."),
    ),
    "participants_keepapart": (
        _("Two who are never put into the same group. Nobody else sees this."),
        _("Choose the two. Do not write why."),
    ),
    "participants_readlog": ("", _("It cannot be changed, and the person sees it as well.")),
    "participants_theme": (
        _("What a group may be about, in the order in which people choose."),
        _("One or two words in each language. People read them in the form."),
    ),
}


def help_for(url_name: str) -> str | Promise:
    """The sentence for the page at the address of this name; empty where it says it itself."""
    about, _line, page = url_name.rpartition("_")
    of_list, of_form = HELP.get(about, ("", ""))
    if page == LIST:
        return of_list
    return of_form if page in FORM else ""
