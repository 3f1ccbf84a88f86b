"""Places at an event are counted by the database, whatever path writes.

The event's row is locked before they are counted, so that two who take the last place at the same
moment come one after the other, and the second sees what the first has done.
"""

from django.db import migrations

PLACES = """
create function centres_sign_up_refuse_beyond_capacity() returns trigger language plpgsql as $$
declare
    places integer;
begin
    if new.state <> 'confirmed' then
        return new;
    end if;
    select capacity into places from centres_event where id = new.event_id for update;
    if places <= (
        select count(*) from centres_eventsignup
        where event_id = new.event_id and state = 'confirmed' and id <> new.id
    ) then
        raise exception 'the event is full'
            using errcode = 'check_violation', constraint = 'event_sign_up_within_capacity';
    end if;
    return new;
end $$;
create trigger event_sign_up_within_capacity
    before insert or update of state, event_id on centres_eventsignup
    for each row execute function centres_sign_up_refuse_beyond_capacity();

create function centres_event_refuse_shrinking() returns trigger language plpgsql as $$
begin
    if new.capacity < (
        select count(*) from centres_eventsignup
        where event_id = new.id and state = 'confirmed'
    ) then
        raise exception 'more people than that have a place'
            using errcode = 'check_violation', constraint = 'event_capacity_holds_sign_ups';
    end if;
    return new;
end $$;
create trigger event_capacity_holds_sign_ups before update of capacity on centres_event
    for each row execute function centres_event_refuse_shrinking();
"""
NO_PLACES = """
drop trigger event_sign_up_within_capacity on centres_eventsignup;
drop function centres_sign_up_refuse_beyond_capacity();
drop trigger event_capacity_holds_sign_ups on centres_event;
drop function centres_event_refuse_shrinking();
"""


class Migration(migrations.Migration):
    dependencies = [("centres", "0001_initial")]

    operations = [migrations.RunSQL(PLACES, NO_PLACES)]
