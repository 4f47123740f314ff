-- Keeps every person with their combination of roles as a table, which the views then read. For many people; run it
-- again whenever people or the policy change. The views refuse what was kept for another export.
TRUNCATE TABLE farol_person_kept;
INSERT INTO farol_person_kept
SELECT s.export_id, p.person, p.roles, p.holder_id FROM farol_person_now p CROSS JOIN farol_stamp s;
CREATE OR REPLACE VIEW farol_person AS SELECT person, roles, holder_id FROM farol_person_kept;
