"""All migrations of people, and one that writes the whole table anew while it holds it."""

from participants import migrations

__path__ = [*migrations.__path__, *__path__]
