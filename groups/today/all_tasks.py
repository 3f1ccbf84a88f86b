"""Every task that may wait for staff, in the order of a day's work."""

from django.utils.translation import ngettext_lazy

from centres.access import Right
from centres.lists.centres import HOLIDAYS, UNCHECKED
from centres.lists.enquiries import LAST_CALL, OPEN
from centres.lists.events import WITHOUT_COUNT
from centres.lists.keys import OVERDUE
from centres.lists.venues import HOST_KEYS
from groups.lists import groups, match_runs, people
from groups.lists.follow_ups import DUE, TO_RING
from groups.today.staff_tasks import (
    CENTRES,
    ENQUIRIES,
    EVENTS,
    FOLLOW_UPS,
    GROUPS,
    KEYS,
    MESSAGES,
    PEOPLE,
    READINGS,
    RUNS,
    VENUES,
    StaffTask,
    Urgency,
)
from participants.lists import (
    ANOTHER_TIME,
    BY_HAND,
    DRAFTS,
    FAILED,
    FLOOD,
    LEAVING,
    NEW,
    ODD,
    SILENT,
    TALKS,
    TALKS_TO_WRITE_DOWN,
    TO_LOOK_THROUGH,
    TRY_AGAIN,
    TWICE,
)

STAFF_TASKS = (
    StaffTask(NEW, PEOPLE, ngettext_lazy("new registration", "new registrations"), Urgency.TODAY),
    StaffTask(
        TRY_AGAIN,
        PEOPLE,
        ngettext_lazy("person to try again today", "people to try again today"),
        Urgency.TODAY,
    ),
    StaffTask(TALKS, PEOPLE, ngettext_lazy("talk this week", "talks this week"), Urgency.KNOW),
    StaffTask(
        TALKS_TO_WRITE_DOWN,
        PEOPLE,
        ngettext_lazy("talk to write down", "talks to write down"),
        Urgency.TODAY,
    ),
    StaffTask(
        ANOTHER_TIME,
        PEOPLE,
        ngettext_lazy(
            "person who needs another time for the talk",
            "people who need another time for the talk",
        ),
        Urgency.TODAY,
    ),
    StaffTask(
        BY_HAND,
        MESSAGES,
        ngettext_lazy("message to pass on yourself", "messages to pass on yourself"),
        Urgency.TODAY,
    ),
    StaffTask(
        people.WAITING,
        PEOPLE,
        ngettext_lazy("person ready and waiting", "people ready and waiting"),
        Urgency.KNOW,
    ),
    StaffTask(
        people.QUESTIONS,
        PEOPLE,
        ngettext_lazy("person asked who has not answered", "people asked who have not answered"),
        Urgency.KNOW,
    ),
    StaffTask(
        people.SAID_YES,
        PEOPLE,
        ngettext_lazy("person who said yes to a question", "people who said yes to a question"),
        Urgency.READY,
    ),
    StaffTask(
        people.WOULD_HELP,
        PEOPLE,
        ngettext_lazy("person who might help groups", "people who might help groups"),
        Urgency.KNOW,
    ),
    StaffTask(
        match_runs.STOPPED,
        RUNS,
        ngettext_lazy("set of proposals that stopped", "sets of proposals that stopped"),
        Urgency.NOW,
    ),
    StaffTask(
        match_runs.NOT_LOOKED_AT,
        RUNS,
        ngettext_lazy("set of proposals to look at", "sets of proposals to look at"),
        Urgency.READY,
    ),
    StaffTask(
        SILENT,
        PEOPLE,
        ngettext_lazy(
            "person who did not answer whether still interested",
            "people who did not answer whether still interested",
        ),
        Urgency.TODAY,
    ),
    StaffTask(
        groups.TO_ASK,
        GROUPS,
        ngettext_lazy("group with people to ask", "groups with people to ask"),
        Urgency.READY,
    ),
    StaffTask(
        groups.ASKING,
        GROUPS,
        ngettext_lazy(
            "group where somebody has not answered", "groups where somebody has not answered"
        ),
        Urgency.KNOW,
    ),
    StaffTask(
        groups.EXPIRING,
        GROUPS,
        ngettext_lazy("group where an answer is soon due", "groups where an answer is soon due"),
        Urgency.TODAY,
    ),
    StaffTask(
        groups.ONE_MORE,
        GROUPS,
        ngettext_lazy("group that needs one more", "groups that need one more"),
        Urgency.READY,
    ),
    StaffTask(
        groups.LATE,
        GROUPS,
        ngettext_lazy(
            "group whose date has come with too few", "groups whose date has come with too few"
        ),
        Urgency.TODAY,
    ),
    StaffTask(
        groups.ENOUGH,
        GROUPS,
        ngettext_lazy("group that can be settled", "groups that can be settled"),
        Urgency.READY,
    ),
    StaffTask(
        groups.STARTING,
        GROUPS,
        ngettext_lazy("group that starts", "groups that start"),
        Urgency.READY,
    ),
    StaffTask(
        groups.STARTS_SOON,
        GROUPS,
        ngettext_lazy("group that starts this week", "groups that start this week"),
        Urgency.KNOW,
    ),
    StaffTask(
        groups.WITHOUT_CONTACT,
        GROUPS,
        ngettext_lazy("group without a contact", "groups without a contact"),
        Urgency.TODAY,
    ),
    StaffTask(
        groups.NOT_SAID_IF_USED,
        GROUPS,
        ngettext_lazy(
            "group that has not said if it uses its time",
            "groups that have not said if they use their time",
        ),
        Urgency.TODAY,
    ),
    StaffTask(
        TO_RING,
        FOLLOW_UPS,
        ngettext_lazy("contact of a group to ring", "contacts of groups to ring"),
        Urgency.NOW,
    ),
    StaffTask(
        DUE,
        FOLLOW_UPS,
        ngettext_lazy("follow-up that is due", "follow-ups that are due"),
        Urgency.TODAY,
    ),
    StaffTask(
        groups.GROUP_ASKED,
        GROUPS,
        ngettext_lazy("group asked about somebody new", "groups asked about somebody new"),
        Urgency.KNOW,
    ),
    StaffTask(
        groups.HAS_ROOM,
        GROUPS,
        ngettext_lazy("group with room for more", "groups with room for more"),
        Urgency.KNOW,
    ),
    StaffTask(
        groups.BEGUN_AGAIN,
        GROUPS,
        ngettext_lazy("group that begins again", "groups that begin again"),
        Urgency.KNOW,
    ),
    StaffTask(
        TWICE,
        PEOPLE,
        ngettext_lazy("person who may be there twice", "people who may be there twice"),
        Urgency.KNOW,
    ),
    StaffTask(
        ODD,
        PEOPLE,
        ngettext_lazy("registration that looks odd", "registrations that look odd"),
        Urgency.TODAY,
    ),
    StaffTask(
        FLOOD,
        PEOPLE,
        ngettext_lazy("registration in a flood", "registrations in a flood"),
        Urgency.NOW,
    ),
    StaffTask(
        LEAVING,
        PEOPLE,
        ngettext_lazy("person who is soon deleted", "people who are soon deleted"),
        Urgency.KNOW,
    ),
    StaffTask(
        TO_LOOK_THROUGH,
        READINGS,
        ngettext_lazy("opening to look through", "openings to look through"),
        Urgency.KNOW,
        needs=Right.SEE_READERS,
    ),
    StaffTask(
        DRAFTS, MESSAGES, ngettext_lazy("draft to look at", "drafts to look at"), Urgency.TODAY
    ),
    StaffTask(
        FAILED, MESSAGES, ngettext_lazy("e-mail that failed", "e-mails that failed"), Urgency.NOW
    ),
    StaffTask(
        OPEN,
        ENQUIRIES,
        ngettext_lazy("enquiry to answer", "enquiries to answer"),
        Urgency.TODAY,
        is_for_administrators=True,
    ),
    StaffTask(
        LAST_CALL,
        ENQUIRIES,
        ngettext_lazy("enquiry that is soon deleted", "enquiries that are soon deleted"),
        Urgency.NOW,
        is_for_administrators=True,
    ),
    StaffTask(
        WITHOUT_COUNT,
        EVENTS,
        ngettext_lazy("past event without a head count", "past events without a head count"),
        Urgency.KNOW,
    ),
    StaffTask(
        OVERDUE,
        KEYS,
        ngettext_lazy("key that is overdue", "keys that are overdue"),
        Urgency.TODAY,
    ),
    StaffTask(
        HOST_KEYS,
        VENUES,
        ngettext_lazy("host key to change", "host keys to change"),
        Urgency.KNOW,
        is_for_administrators=True,
    ),
    StaffTask(
        HOLIDAYS,
        CENTRES,
        ngettext_lazy(
            "centre with holidays to look through", "centres with holidays to look through"
        ),
        Urgency.TODAY,
        is_for_administrators=True,
    ),
    StaffTask(
        UNCHECKED,
        CENTRES,
        ngettext_lazy("page of a centre to check", "pages of centres to check"),
        Urgency.KNOW,
        is_for_administrators=True,
    ),
)
