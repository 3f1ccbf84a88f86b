"""What people type, made safe to store and show without changing what they meant."""

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"  # holds many emoji together


def clean_text(text: str) -> str:
    """``text`` in Unicode's NFC, with plain line breaks and without invisible characters.

    Control and format characters go (among them those that turn the reading direction); line
    breaks and the joiner inside emoji stay.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        character
        for character in text
        if character in ("\n", ZERO_WIDTH_JOINER)
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    ).strip()
