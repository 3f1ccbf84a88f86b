"""The participants' reference data: themes to choose from, and texts to say yes to."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import OutputWrapper

from linkcenter.database.data_files import Loader, read
from participants.models import ConsentText, Theme

DATA = Path(__file__).parent / "data"


def load(stdout: OutputWrapper, *, overwrite: bool = False) -> None:
    """Add what is missing of the data files; with ``overwrite``, set the themes as in the files.

    A consent text is never set anew: somebody may have said yes to it.
    """
    loader = Loader(stdout, overwrite)
    themes = read(DATA / "themes.toml")["theme"]
    loader.put_all(
        Theme,
        "slug",
        {row.pop("slug"): row | {"position": at} for at, row in enumerate(themes, start=1)},
    )
    texts = Loader(stdout, overwrite=False, added=loader.added)
    for row in read(DATA / "consent_texts.toml")["text"]:
        for language, _name in settings.LANGUAGES:
            key = {
                "operator": None,
                "purpose": row["purpose"],
                "language": language,
                "version": row["version"],
            }
            texts.put(ConsentText, key, {"text": row[f"text_{language}"]})
    stdout.write(f"participants: {loader.summary()}")
