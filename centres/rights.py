"""What not everybody who works at a centre may do there. All else coordinators and leads do alike.

One table, which ``docs/rights.md`` shows together with what administrators may.
"""

from enum import StrEnum

from centres.states import Role


class Right(StrEnum):
    """``Scope.may`` says who holds it, at which centre."""

    DELETE_PERSON = "delete everything about a person at once, when the person asks for it"
    INVITE = "invite colleagues to work there"
    LET_EXPORT = "say who may take out lists as files"
    SEE_READERS = "see by name who has opened a person's record"
    DROP_FILTERS = "drop the filters that a colleague shares there"


HOLDERS: dict[Right, tuple[Role, ...]] = {
    Right.DELETE_PERSON: (Role.LEAD,),
    Right.INVITE: (Role.LEAD, Role.ADMINISTRATOR),
    Right.LET_EXPORT: (Role.LEAD,),
    Right.SEE_READERS: (Role.LEAD,),
    Right.DROP_FILTERS: (Role.LEAD,),
}
