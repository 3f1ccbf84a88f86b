from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import ArticleKind

from .centre import Centre

# Everybody's pages that stand at an address of their own, by what the article's address is.
FIXED_PAGES = {
    "for-kommuner": "centres:for-municipalities",
    "for-fagfolk": "centres:for-professionals",
    "tilgjengelighet": "centres:accessibility",
    "personvern": "centres:privacy",
}


class ArticleQuerySet(models.QuerySet["Article"]):
    def information(self) -> "ArticleQuerySet":
        """The pages that explain self-help to everybody, in their order."""
        return self._for_everybody().exclude(slug__in=FIXED_PAGES)

    def fixed_pages(self) -> "ArticleQuerySet":
        """The texts of the pages at addresses of their own."""
        return self._for_everybody().filter(slug__in=FIXED_PAGES)

    def _for_everybody(self) -> "ArticleQuerySet":
        return self.filter(kind=ArticleKind.INFORMATION, centre__isnull=True, published=True)

    def news(self, today: date | None = None) -> "ArticleQuerySet":
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == ArticleKind.NEWS:
            return reverse("centres:news", args=[self.pk, self.slug])
        if self.centre is not None:
            return self.centre.get_absolute_url()
        if self.slug in FIXED_PAGES:
            return reverse(FIXED_PAGES[self.slug])
        return reverse("centres:article", args=[self.slug])


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
