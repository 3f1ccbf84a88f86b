"""A text that somebody has said yes to stands as it is: the database refuses to change it."""

from django.db import migrations

REFUSE = """
create function participants_consent_text_refuse_update() returns trigger language plpgsql as $$
begin
    if exists (select 1 from participants_consent where text_id = old.id) then
        raise exception 'somebody has said yes to this text'
            using errcode = 'check_violation', constraint = 'consent_text_frozen';
    end if;
    return new;
end $$;
create trigger consent_text_frozen before update on participants_consenttext
    for each row execute function participants_consent_text_refuse_update();
"""
ALLOW = """
drop trigger consent_text_frozen on participants_consenttext;
drop function participants_consent_text_refuse_update();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
