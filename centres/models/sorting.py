from django.db import models
from django.db.models import F, Func


class NorwegianKey(Func):
    """Sorts a to z, then æ ø å (aa counts as å), whatever collations the server has.

    Capitals stand in the table too, since lower() knows only a to z in a plain C locale.
    """

    template = (
        "translate(replace(lower(%(expressions)s), 'aa', 'å'),"
        " 'æäøöåÆÄØÖÅéèêëüàáâôòóçñÉÁ', '{{||}{{||}eeeeyaaaooocnea')"
    )
    output_field = models.CharField(db_collation="C")


def sort_key(field: str) -> models.GeneratedField:
    """A column by which to order rows as a Norwegian list would, kept by the database itself."""
    return models.GeneratedField(
        expression=NorwegianKey(F(field)),
        output_field=models.CharField(max_length=160, db_collation="C"),
        db_persist=True,
    )
