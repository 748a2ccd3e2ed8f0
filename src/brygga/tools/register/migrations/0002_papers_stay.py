"""A paper stays as it was made. Disposal by a decided rule empties it, and says so."""

from django.db import migrations

FORBID = """
    CREATE FUNCTION register_papers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND current_setting('brygga.erasing', true) = 'on'
           AND NEW.sha256 = OLD.sha256 AND NEW.delivery_id = OLD.delivery_id THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a paper given to the register is never changed or removed';
    END $$;
    CREATE TRIGGER papers_stay BEFORE UPDATE OR DELETE ON register_paper
        FOR EACH ROW EXECUTE FUNCTION register_papers_stay();
"""
ALLOW = """
    DROP TRIGGER papers_stay ON register_paper;
    DROP FUNCTION register_papers_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
