"""All migrations of people, and those that give each registration a column that must have a value.

In steps that keep nobody waiting, while the release before goes on adding registrations.
"""

from participants import migrations

__path__ = [*migrations.__path__, *__path__]
