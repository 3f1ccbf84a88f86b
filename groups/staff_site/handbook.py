"""The staff handbook in docs/handbook/: its chapters, and which of them tells about which page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from centres.publishing.markdown import render_markdown

FOLDER: Path = settings.BASE_DIR / "docs" / "handbook"
LANGUAGE = "nb"  # in which it is written

# In the order in which one reads them.
SLUGS = (
    "en-dag",
    "folk",
    "samtalen",
    "forslag",
    "grupper",
    "oppfolging",
    "meldinger",
    "lokaler",
    "senteret",
    "tall",
    "personvern",
    "innlogging",
    "hva-gjor-jeg-naar",
)

# The chapter about a page, by how the name of its address begins; the longest one counts.
ABOUT = {
    "": "en-dag",
    "participants_": "folk",
    "participants_registration_book": "samtalen",
    "participants_consenttext": "personvern",
    "groups_matchrun": "forslag",
    "groups_selfhelpgroup_bench": "forslag",
    "groups_selfhelpgroup_group_bench": "forslag",
    "groups_": "grupper",
    "groups_followup": "oppfolging",
    "groups_planstep": "oppfolging",
    "groups_statisticssnapshot": "tall",
    "linkcenter_message": "meldinger",
    "linkcenter_jobrun": "personvern",
    "linkcenter_user": "innlogging",
    "password_change": "innlogging",
    "auth_user": "innlogging",
    "centres_": "senteret",
    "centres_staffrole": "innlogging",
    "centres_venue": "lokaler",
    "centres_slot": "lokaler",
    "centres_booking": "lokaler",
    "centres_key": "lokaler",
}

_LINK = re.compile(r"\]\(([a-z-]+)\.md\)")


@dataclass(frozen=True)
class Chapter:
    """One file of the handbook."""

    slug: str
    title: str
    text: str  # in Markdown, without its title

    @property
    def url(self) -> str:
        return reverse("admin:handbook_chapter", args=[self.slug])

    @property
    def html(self) -> str:
        """The text with its links to other chapters leading to their pages."""
        return render_markdown(_LINK.sub(_address, self.text))


def _address(link: re.Match[str]) -> str:
    return f"]({reverse('admin:handbook_chapter', args=[link[1]])})"


@cache
def chapter(slug: str) -> Chapter:
    title, _line, text = (FOLDER / f"{slug}.md").read_text().partition("\n")
    return Chapter(slug, title.removeprefix("# "), text)


def chapters() -> Iterator[Chapter]:
    return map(chapter, SLUGS)


def chapter_about(url_name: str) -> Chapter:
    """The chapter that tells about the page at the address of this name."""
    begin = max((begin for begin in ABOUT if url_name.startswith(begin)), key=len)
    return chapter(ABOUT[begin])
