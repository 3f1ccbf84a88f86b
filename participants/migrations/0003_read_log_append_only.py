"""Who has opened a record only grows: no row is changed, and none goes before its person."""

from django.db import migrations

REFUSE = """
create function participants_read_log_refuse() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        or exists (select 1 from participants_participant where id = old.participant_id)
    then
        raise exception 'the log of readings is append-only'
            using errcode = 'check_violation', constraint = 'read_log_append_only';
    end if;
    return null;
end $$;
create trigger read_log_append_only after update on participants_readlog
    for each row execute function participants_read_log_refuse();
-- At the end of the transaction: the person goes after the rows that hang on them.
create constraint trigger read_log_goes_with_person after delete on participants_readlog
    deferrable initially deferred
    for each row execute function participants_read_log_refuse();
"""
ALLOW = """
drop trigger read_log_goes_with_person on participants_readlog;
drop trigger read_log_append_only on participants_readlog;
drop function participants_read_log_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_consent_text_frozen")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
