-- Loads the tables into DuckDB: duckdb farol.db < schema.sql, then this file, in the folder of the export.
@copies_duckdb@
-- The same as in schema.sql, by a function of DuckDB that takes a tenth of the time.
CREATE OR REPLACE VIEW farol_person_roles AS
SELECT x.person, COALESCE(array_to_string(list_sort(list(x.role_id) FILTER (x.role_id IS NOT NULL)), '-'), '') AS roles
FROM (SELECT person, role_id FROM farol_person_counting
      UNION ALL
      SELECT DISTINCT person, CAST(NULL AS INTEGER) AS role_id FROM farol_person_role) x
GROUP BY x.person;
