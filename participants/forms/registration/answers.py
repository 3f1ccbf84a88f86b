"""From answers on a form to what the domain takes."""

from typing import Any

from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest

Answers = dict[str, Any]


def person_of(answers: Answers) -> Person:
    """Who registers, from the cleaned answers of all pages."""
    return Person(
        name=answers["name"],
        phone=answers["phone"] or None,
        email=answers["email"] or None,
        postal_address=answers.get("postal_address") or None,  # staff alone are asked for it
        preferred_way=answers["preferred_way"],
        may_leave_message=answers["may_leave_message"],
        safe_times=answers["safe_times"],
        language=answers["language"],
        birth_year=answers["birth_year"],
        gender=answers["gender"],
        municipality=answers["municipality"].number if answers["municipality"] else None,
    )


def interest_of(answers: Answers) -> Interest:
    """What the person would like, from the cleaned answers of all pages."""
    return Interest(
        role=answers["role"],
        kind=answers["kind"],
        format=answers["format"],
        themes=[theme.slug for theme in answers["themes"]],
        any_theme=answers["any_theme"],
        availability=answers["availability"],
        languages=answers["languages"],
        gender_wish=answers["gender_wish"],
        age_near_mine=answers["age_near_mine"],
        needs=answers["needs"],
        practical_needs=answers["practical_needs"],
        message=answers["message"],
        heard_from=answers["heard_from"],
        would_initiate=answers["would_initiate"],
        digital_elsewhere=answers["digital_elsewhere"],
    )
