"""News at the demo's centres: from everywhere, from one centre, a draft, and one in Bokmål only."""

from datetime import date, timedelta

from centres.models import Article, Centre
from centres.states import ArticleKind


def write_news(tromso: Centre, oslo: Centre, *, today: date) -> None:
    """A few articles; once is enough."""
    _news(
        "nye-nettsider",
        today - timedelta(days=3),
        title_nb="Nå kan du melde interesse på nett",
        title_nn="No kan du melde interesse på nett",
        title_en="Now you can register interest online",
        summary_nb="Det tar fem minutter, og du kan fortsatt ringe.",
        summary_nn="Det tek fem minutt, og du kan framleis ringje.",
        summary_en="It takes five minutes, and you can still call.",
        body_nb="Finn senteret ditt og [meld interesse](/meld-interesse/). Så ringer vi deg.",
        body_nn="Finn senteret ditt og [meld interesse](/nn/meld-interesse/). Så ringjer vi deg.",
        body_en="Find your centre and [register interest](/en/meld-interesse/). Then we call you.",
    )
    _news(
        "kveldsapent",
        today - timedelta(days=10),
        centre=tromso,
        title_nb="Kom innom en kveld",
        title_nn="Kom innom ein kveld",
        title_en="Drop in one evening",
        summary_nb="Vi setter på kaffen og forteller hva en samtalegruppe er.",
        summary_nn="Vi set på kaffien og fortel kva ei samtalegruppe er.",
        summary_en="We make coffee and tell you what a conversation group is.",
        body_nb="Du trenger ikke å melde deg på. Se dagen under [arrangementer](/arrangementer/).",
        body_nn="Du treng ikkje melde deg på. Sjå dagen under [arrangement](/nn/arrangementer/).",
        body_en="You need not sign up. Find the day among the [events](/en/arrangementer/).",
    )
    _news(
        "flere-rom",
        today - timedelta(days=20),
        centre=oslo,
        title_nb="Ledige rom på dagtid",
        summary_nb="Har gruppa di tid før klokka fire? Da er det lettere å få rom.",
        body_nb="Ring oss, så finner vi et rom og en fast tid sammen.",
    )
    _news(
        "takk-for-i-host",
        today,
        centre=tromso,
        published=False,
        title_nb="Takk for i høst",
        summary_nb="Et utkast, som bare de ansatte ser.",
        body_nb="## Slik gikk det\n\nHer skriver vi om høsten.",
    )


def _news(slug: str, published_on: date, *, centre: Centre | None = None, **fields: object) -> None:
    values = {"kind": ArticleKind.NEWS, "published": True, "published_on": published_on}
    Article.objects.get_or_create(centre=centre, slug=slug, defaults=values | fields)
