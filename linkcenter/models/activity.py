from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.activity_codes import label


class ActivityQuerySet(models.QuerySet["Activity"]):
    def latest_first(self) -> "ActivityQuerySet":
        return self.select_related("actor").order_by("-at", "-pk")


class Activity(models.Model):
    """One thing that happened to a person, a group or another subject, as the timeline shows it.

    It says what, who, when and which fields, by their names: never a value that belongs to a
    person. The database refuses to change a row; it goes only together with its subject.
    """

    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    what = models.CharField(_("what"), max_length=40)
    actor = models.ForeignKey(
        "linkcenter.User",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Empty when the person did it by their own link, or the nightly job did."),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    fields = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("fields"))

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"], name="activity_of")]

    def __str__(self) -> str:
        return self.what

    @property
    def label(self) -> str:
        """What happened, in the reader's language."""
        return label(self.what)

    @property
    def field_names(self) -> list[str]:
        """What was changed, in the reader's language: the names of the subject's fields."""
        model = ContentType.objects.get_for_id(self.subject_type_id).model_class()
        fields = [*model._meta.fields, *model._meta.many_to_many] if model else []
        names = {field.name: field.verbose_name for field in fields}
        return [str(names.get(name, name)) for name in self.fields]
