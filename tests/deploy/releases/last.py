"""Which migration of people is the last of the clone."""

from pathlib import Path

from participants import migrations

LAST = max(path.stem for path in Path(migrations.__path__[0]).glob("[0-9]*.py"))
