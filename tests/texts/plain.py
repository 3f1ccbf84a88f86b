"""How hard a text is to read, measured.

LIX is a Scandinavian measure of texts: words in a sentence, plus the percentage of words with more
than six letters. Up to 30 is very easy. Most texts of authorities lie above 45.
"""

import re

HARDEST = 32
LONGEST_SENTENCE = 25
MEAN_SENTENCE = 12
BANNED = {
    "nb": r"obligatorisk|påkrev[dt]|ugyldig|vennligst|foreta|i henhold til|vedrørende|beklager"
    r"|en bruker|brukere|klient|pasient",
    "nn": r"obligatorisk|påkrav[dt]|ugyldig|ver venleg|føreta|i samsvar med|vedkomande|beklagar"
    r"|ein brukar|brukara|klient|pasient",
}


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A line is one as well, and so is what a colon introduces."""
    parts = re.split(r"[.!?:]\s+(?=[A-ZÆØÅ«])|\n+", text)
    return [words for part in parts if (words := re.findall(r"\w+(?:[-.@]\w+)*", part))]


def lix(text: str) -> float:
    words = [word for sentence in sentences(text) for word in sentence]
    long_words = [word for word in words if len(word) > 6]
    return len(words) / len(sentences(text)) + 100 * len(long_words) / len(words)


def mean_sentence(text: str) -> float:
    lengths = [len(sentence) for sentence in sentences(text)]
    return sum(lengths) / len(lengths)


def long_sentences(text: str) -> list[str]:
    return [" ".join(each) for each in sentences(text) if len(each) > LONGEST_SENTENCE]


def banned_words(text: str, language: str) -> list[str]:
    return re.findall(rf"\b(?:{BANNED[language]})\w*", text, re.IGNORECASE)
