"""A unit never stands under itself, on no day, however a row was written."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION organizations_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.parent_id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('organizations_tree'));
    IF EXISTS (
        WITH RECURSIVE above(unit_id, during) AS (
            SELECT NEW.parent_id, daterange(NEW.starts_on, NEW.ends_on)
            UNION
            SELECT v.parent_id, a.during * daterange(v.starts_on, v.ends_on)
            FROM organizations_orgunitversion v JOIN above a ON v.unit_id = a.unit_id
            WHERE v.parent_id IS NOT NULL
                AND a.unit_id <> NEW.unit_id
                AND daterange(v.starts_on, v.ends_on) && a.during
        )
        SELECT 1 FROM above WHERE unit_id = NEW.unit_id
    ) THEN
        RAISE EXCEPTION 'a unit stands under itself' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'unit_versions_no_circle',
            DETAIL = 'unit_versions_no_circle';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER unit_versions_no_circle
    AFTER INSERT OR UPDATE OF unit_id, parent_id, starts_on, ends_on
    ON organizations_orgunitversion
    FOR EACH ROW EXECUTE FUNCTION organizations_refuse_circle();
"""
BACK = """
DROP TRIGGER unit_versions_no_circle ON organizations_orgunitversion;
DROP FUNCTION organizations_refuse_circle();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_structure")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
