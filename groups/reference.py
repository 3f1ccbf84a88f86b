"""What each centre begins with, for what it does with its groups."""

from django.core.management.base import OutputWrapper

from centres.models import Centre
from groups.domain.follow_ups import plan_of


def load(stdout: OutputWrapper, *, overwrite: bool = False) -> None:
    """Give each centre that takes registrations the usual follow-up plan, if it has none."""
    without = Centre.objects.filter(takes_registrations=True, plan_steps=None)
    added = sum(len(plan_of(centre)) for centre in without.order_by("pk"))
    stdout.write(f"groups: {added} steps of follow-up plans added")
