"""Telephone numbers: read as people write them, stored in one form, shown and dialled."""

import re

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    is_valid_number,
    parse,
)

HOME_REGION = "NO"
MOBILE = re.compile(r"([49]\d\d)(\d\d)(\d\d\d)")


def parse_phone(text: str) -> str:
    """The number in E.164, such as +4790069319. Raises ``ValueError`` if it is none.

    Spaces, hyphens, +47 and 0047 are fine; a number without a country code is Norwegian.
    """
    try:
        number = parse(text, HOME_REGION)
    except NumberParseException:
        raise ValueError("not a telephone number") from None
    if not (is_possible_number(number) and is_valid_number(number)):
        raise ValueError("not a telephone number")
    return format_number(number, PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """The number as people at home would write it: 900 69 319, or +46 8 … for another country.

    What cannot be read as a number is shown as it stands.
    """
    try:
        parsed = parse(number, HOME_REGION)
    except NumberParseException:
        return number
    if parsed.country_code != 47:
        return format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    if mobile := MOBILE.fullmatch(str(parsed.national_number)):
        return " ".join(mobile.groups())  # the library has 90 06 93 19, which nobody says
    return format_number(parsed, PhoneNumberFormat.NATIONAL)


def dial_phone(number: str) -> str:
    """The number as a telephone wants it in a link: digits, and + where it starts with one."""
    return "".join(character for character in number if character.isdigit() or character == "+")
