from django.db import migrations

from tests.deploy.releases.last import LAST

# A default that differs from row to row is written into each of them, behind a lock that nobody
# passes. The sleep stands for a larger table.
REWRITE = """
alter table participants_registration add column weight double precision default random();
select pg_sleep(30);
"""


class Migration(migrations.Migration):
    dependencies = [("participants", LAST)]
    operations = [migrations.RunSQL(REWRITE, migrations.RunSQL.noop)]
