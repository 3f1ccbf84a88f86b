"""A registration has its centre beside it: that of the person, which the database keeps right."""

from django.db import migrations

KEEP = """
create function participants_registration_at() returns trigger language plpgsql as $$
begin
    select centre_id into new.centre_id from participants_participant
        where id = new.participant_id;
    return new;
end $$;
create trigger registration_centre before insert or update of participant_id, centre_id
    on participants_registration
    for each row execute function participants_registration_at();

create function participants_participant_at() returns trigger language plpgsql as $$
begin
    update participants_registration set centre_id = new.centre_id where participant_id = new.id;
    return null;
end $$;
create trigger participant_centre after update of centre_id on participants_participant
    for each row when (old.centre_id is distinct from new.centre_id)
    execute function participants_participant_at();
"""
LET_GO = """
drop trigger participant_centre on participants_participant;
drop function participants_participant_at();
drop trigger registration_centre on participants_registration;
drop function participants_registration_at();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_read_log_append_only")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
