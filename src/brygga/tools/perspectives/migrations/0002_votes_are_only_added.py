"""Votes are only added. Erasing by a decided retention rule says so in its transaction."""

from django.db import migrations

FORBID = """
    CREATE FUNCTION perspectives_votes_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('brygga.erasing', true) = 'on' THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
        RAISE EXCEPTION 'votes are only added, never changed or removed';
    END $$;
    CREATE TRIGGER votes_are_only_added
        BEFORE UPDATE OR DELETE ON perspectives_voteevent
        FOR EACH ROW EXECUTE FUNCTION perspectives_votes_are_only_added();
"""
ALLOW = """
    DROP TRIGGER votes_are_only_added ON perspectives_voteevent;
    DROP FUNCTION perspectives_votes_are_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("perspectives", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
