from datetime import date
from itertools import product

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import ArticleKind
from linkcenter.database.prepared import Given

from .centre import Centre

# Everybody's pages that stand at an address of their own, by what the article's address is.
FIXED_PAGES = {
    "for-kommuner": "centres:for-municipalities",
    "for-fagfolk": "centres:for-professionals",
    "tilgjengelighet": "centres:accessibility",
    "personvern": "centres:privacy",
}

PARTS = ("title", "summary", "body")
OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _is_empty(column: str) -> Q:
    return Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


class ArticleQuerySet(models.QuerySet["Article"]):
    def information(self) -> "ArticleQuerySet":
        """The pages that explain self-help to everybody, in their order."""
        return self.for_everybody().exclude(slug__in=FIXED_PAGES)

    def fixed_pages(self) -> "ArticleQuerySet":
        """The texts of the pages at addresses of their own."""
        return self.for_everybody().filter(slug__in=FIXED_PAGES)

    def missing_a_language(self) -> "ArticleQuerySet":
        """Those with a part in Bokmål that is not there in each of the other languages."""
        lacking = Q()
        for part, code in product(PARTS, OTHER_LANGUAGES):
            lacking |= ~_is_empty(f"{part}_nb") & _is_empty(f"{part}_{code}")
        return self.filter(lacking)

    def for_everybody(self) -> "ArticleQuerySet":
        """The texts that are nobody's own."""
        return self.filter(kind=ArticleKind.INFORMATION, centre__isnull=True, published=True)

    def news(self, today: date | Given | None = None) -> "ArticleQuerySet":
        """What is new, the latest first. News with a date ahead waits for its day."""
        return self.filter(
            kind=ArticleKind.NEWS,
            published=True,
            published_on__lte=today or timezone.localdate(),
        ).order_by("-published_on", "-pk")


class Article(models.Model):
    """A text to read: news, something a centre does, or a page that explains self-help."""

    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="articles",
        null=True,
        blank=True,
        verbose_name=_("centre"),
        help_text=_("Empty for a text that is everybody's."),
    )
    kind = models.CharField(_("kind"), max_length=11, choices=ArticleKind)
    slug = models.SlugField(_("address on this site"))
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences that lists show.")
    )
    body = models.TextField(
        _("text"), blank=True, help_text=_("Markdown: ## for a heading, - for a list.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    published = models.BooleanField(_("shown on the page"), default=False)
    published_on = models.DateField(
        _("dated"),
        default=timezone.localdate,
        help_text=_("The date that news carries. It is shown from that day."),
    )
    updated_on = models.DateField(_("last updated"), default=timezone.localdate)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "slug"],
                nulls_distinct=False,
                name="article_slug_once",
                violation_error_message=_("Another article has this address."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ArticleKind.values), name="article_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ArticleKind.PROGRAMME) | Q(centre__isnull=False),
                name="article_programme_of_centre",
                violation_error_message=_("Choose the centre that does this."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ArticleKind.INFORMATION) | Q(centre__isnull=True),
                name="article_information_of_everybody",
                violation_error_message=_("Information is everybody's. Choose news instead."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == ArticleKind.NEWS:
            return reverse("centres:news", args=[self.pk, self.slug])
        if self.centre is not None:
            return self.centre.get_absolute_url()
        if self.is_fixed_page:
            return reverse(FIXED_PAGES[self.slug])
        return reverse("centres:article", args=[self.slug])

    @property
    def is_fixed_page(self) -> bool:
        """Whether the text stands at an address of its own, which other pages link to."""
        return (
            self.kind == ArticleKind.INFORMATION
            and self.centre_id is None
            and self.slug in FIXED_PAGES
        )

    @property
    def missing_languages(self) -> list[str]:
        """The languages that some part is not there in, though it is in Bokmål."""
        return [
            code
            for code in OTHER_LANGUAGES
            if any(getattr(self, f"{p}_nb") and not getattr(self, f"{p}_{code}") for p in PARTS)
        ]

    @property
    def is_shown(self) -> bool:
        """Whether everybody can read it today."""
        waits = self.kind == ArticleKind.NEWS and self.published_on > timezone.localdate()
        return self.published and not waits


class CrisisLine(models.Model):
    """A number to ring when it is urgent; shown on every page, in one order everywhere."""

    number = models.CharField(
        _("number"), max_length=20, unique=True, help_text=_("As it is read: 116 123.")
    )
    name = models.CharField(_("name"), max_length=80)
    who = models.CharField(_("for whom"), max_length=120)
    hours = models.CharField(_("when"), max_length=80)
    chat = models.CharField(_("chat"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), unique=True)
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Seen by staff only.")
    )

    class Meta:
        verbose_name = _("crisis line")
        verbose_name_plural = _("crisis lines")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
