from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, no_translations
from django.db import models, transaction

from linkcenter.encryption import EncryptedTextField, KeyedIndexField
from linkcenter.log_in import second_factor

BATCH = 100  # rows that nobody can change for as long as it takes


class Command(BaseCommand):
    help = (
        "Write every encrypted column anew with the first of the field keys, the secrets of the"
        " staff's second factors too, and the search keys with the index key. Afterwards the older"
        " field keys can be taken away."
    )

    @no_translations  # names of tables in the language of all its other words
    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            fields = [
                field
                for field in model._meta.concrete_fields
                if isinstance(field, EncryptedTextField | KeyedIndexField)
            ]
            if any(isinstance(field, EncryptedTextField) for field in fields):
                self._write_anew(model, [field.name for field in fields])
        self.stdout.write(f"{second_factor.write_anew()} second factors")

    def _write_anew(self, model: type[models.Model], names: list[str]) -> None:
        total = model._base_manager.count()
        done, last = 0, 0
        while batch := self._next(model, names, last):
            done, last = done + len(batch), batch[-1]
            if self.stdout.isatty():
                self.stdout.write(
                    f"{model._meta.verbose_name_plural}: {done} of {total}", ending="\r"
                )
        self.stdout.write(f"{model._meta.verbose_name_plural}: {done} of {total}")

    @transaction.atomic
    def _next(self, model: type[models.Model], names: list[str], last: int) -> list[int]:
        """Write the rows after ``last`` anew; returns their keys. Nobody changes them meanwhile."""
        rows = model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH]
        batch = list(rows)
        for row in batch:
            row.save(update_fields=names)
        return [row.pk for row in batch]
