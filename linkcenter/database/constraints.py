"""Which rule of the database a write has broken."""

from django.db import IntegrityError


def broken_by(error: IntegrityError) -> str:
    """The name of the constraint or trigger that refused the write; empty if it has none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
