-- The tables that `farol export tables` writes, and the views over them. Kept to SQL that PostgreSQL and DuckDB run as
-- it is, and that ClickHouse and Spark document but for what docs/warehouse.md lists. Two tables are yours to fill:
-- farol_person_role and farol_access_log.

CREATE TABLE farol_stamp (export_id VARCHAR(64) NOT NULL, policy_digest VARCHAR(80) NOT NULL, as_of DATE NOT NULL,
  farol_version VARCHAR(40) NOT NULL);
CREATE TABLE farol_stamp_rows (export_id VARCHAR(64) NOT NULL, table_name VARCHAR(40) NOT NULL,
  row_count BIGINT NOT NULL);

CREATE TABLE farol_role (export_id VARCHAR(64) NOT NULL, role_id INTEGER NOT NULL, role VARCHAR NOT NULL,
  title VARCHAR NOT NULL);
-- What a role inherits, at any depth, and itself.
CREATE TABLE farol_role_holds (export_id VARCHAR(64) NOT NULL, role_id INTEGER NOT NULL, holds_id INTEGER NOT NULL);
-- A log may leave the object out, or name one that is not declared: it is the default one then, where there is one.
CREATE TABLE farol_feature (export_id VARCHAR(64) NOT NULL, feature_id INTEGER NOT NULL, feature VARCHAR NOT NULL,
  title VARCHAR NOT NULL, acts_on VARCHAR(20) NOT NULL, governed INTEGER NOT NULL, default_object_id INTEGER);
CREATE TABLE farol_object (export_id VARCHAR(64) NOT NULL, acts_on VARCHAR(20) NOT NULL, object_id INTEGER NOT NULL,
  object VARCHAR NOT NULL, title VARCHAR NOT NULL, tier VARCHAR);

-- Whoever holds just these roles, without those that another one inherits. `roles` are their ids in order, with '-'
-- between them; it is empty for whoever holds none.
CREATE TABLE farol_holder (export_id VARCHAR(64) NOT NULL, holder_id INTEGER NOT NULL, roles VARCHAR NOT NULL);
CREATE TABLE farol_holder_role (export_id VARCHAR(64) NOT NULL, holder_id INTEGER NOT NULL, role_id INTEGER NOT NULL);
-- Which answers a holder has for a feature. No row: nothing in the policy speaks of it, so nobody permits it.
CREATE TABLE farol_holder_table (export_id VARCHAR(64) NOT NULL, holder_id INTEGER NOT NULL,
  feature_id INTEGER NOT NULL, table_id INTEGER NOT NULL);
-- The answers of a table. For each object the rows are disjoint and cover every case. A case is a value of a context;
-- NULL is any value.
CREATE TABLE farol_decision (export_id VARCHAR(64) NOT NULL, table_id INTEGER NOT NULL, object_id INTEGER NOT NULL,
  answer_id INTEGER NOT NULL@columns@);
-- The same once more for the cells, a table and an object, whose answer depends on contexts, so that a line of a log
-- finds its answer by equal numbers. case_no is the sum of the weights of the contexts times the numbers of their
-- values; a value that is not known has the number 0.
CREATE TABLE farol_context (export_id VARCHAR(64) NOT NULL, context VARCHAR NOT NULL, log_column VARCHAR NOT NULL,
  value_no INTEGER NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE farol_cell (export_id VARCHAR(64) NOT NULL, table_id INTEGER NOT NULL,
  object_id INTEGER NOT NULL@weights@);
CREATE TABLE farol_case (export_id VARCHAR(64) NOT NULL, table_id INTEGER NOT NULL, object_id INTEGER NOT NULL,
  case_no INTEGER NOT NULL, answer_id INTEGER NOT NULL);
-- effect: allow, deny, or none where no rule permits it. cause: decided; or, of several roles, roles_disagree and
-- none_alone, which are refusals. until: the last day on which the answer holds.
CREATE TABLE farol_answer (export_id VARCHAR(64) NOT NULL, answer_id INTEGER NOT NULL, effect VARCHAR(8) NOT NULL,
  cause VARCHAR(16) NOT NULL, until DATE, controls VARCHAR NOT NULL);
CREATE TABLE farol_answer_rule (export_id VARCHAR(64) NOT NULL, answer_id INTEGER NOT NULL, rule_id INTEGER NOT NULL);
CREATE TABLE farol_rule (export_id VARCHAR(64) NOT NULL, rule_id INTEGER NOT NULL, rule VARCHAR NOT NULL,
  text VARCHAR NOT NULL, because VARCHAR, file VARCHAR, line INTEGER);

CREATE TABLE farol_separation (export_id VARCHAR(64) NOT NULL, separation_id INTEGER NOT NULL,
  separation VARCHAR NOT NULL, text VARCHAR NOT NULL, because VARCHAR);
CREATE TABLE farol_holder_breach (export_id VARCHAR(64) NOT NULL, holder_id INTEGER NOT NULL,
  separation_id INTEGER NOT NULL);
-- What several roles together are refused. kind: roles_disagree; none_alone, which no one of them has; taken, which one
-- of them has alone.
CREATE TABLE farol_refusal (export_id VARCHAR(64) NOT NULL, holder_id INTEGER NOT NULL, feature_id INTEGER NOT NULL,
  object_id INTEGER NOT NULL, kind VARCHAR(16) NOT NULL@columns@);

-- Yours: one row for each role of a person; NULL for a person who holds none. Names of roles are those of the policy.
CREATE TABLE farol_person_role (person VARCHAR NOT NULL, role VARCHAR);
-- Yours: what was done. A context that is not known is NULL.
CREATE TABLE farol_access_log (happened_at TIMESTAMP, person VARCHAR NOT NULL, feature VARCHAR NOT NULL,
  object VARCHAR@columns@);
-- What keep-people.sql puts there: every person with their combination of roles, as the view farol_person_now has it.
CREATE TABLE farol_person_kept (export_id VARCHAR(64) NOT NULL, person VARCHAR NOT NULL, roles VARCHAR NOT NULL,
  holder_id INTEGER);

CREATE VIEW farol_counted AS
@counted@;
-- One row with 1 if all tables are whole and of one export. Otherwise it fails, and with it every view below.
CREATE VIEW farol_check AS
SELECT CASE
  WHEN (SELECT COUNT(*) FROM farol_stamp) = 1
    AND (SELECT COUNT(*) FROM farol_stamp_rows) = @tables@
    AND (SELECT COUNT(*) FROM farol_counted c LEFT JOIN farol_stamp_rows e
         ON e.table_name = c.table_name AND e.export_id = (SELECT MIN(export_id) FROM farol_stamp)
         WHERE e.row_count IS NULL OR e.row_count <> c.all_rows OR c.all_rows <> c.own_rows) = 0
    AND (SELECT COUNT(*) FROM farol_person_kept
         WHERE export_id <> (SELECT MIN(export_id) FROM farol_stamp)) = 0 THEN 1
  ELSE CAST('tables of several exports, or not whole; stamp: '
    || COALESCE((SELECT MIN(export_id) FROM farol_stamp), 'none') AS INTEGER)
END AS sound;

-- Names of roles that the policy does not declare. They count for nothing.
CREATE VIEW farol_undeclared_role AS
SELECT p.role, COUNT(*) AS people
FROM farol_person_role p LEFT JOIN farol_role r ON r.role = p.role
WHERE (SELECT sound FROM farol_check) = 1 AND p.role IS NOT NULL AND r.role IS NULL
GROUP BY p.role;

-- The roles of a person that no other one of theirs inherits.
CREATE VIEW farol_person_counting AS
SELECT x.person, x.role_id
FROM (SELECT p.person, i.holds_id AS role_id, CASE WHEN i.holds_id = i.role_id THEN 0 ELSE 1 END AS inherited
      FROM farol_person_role p JOIN farol_role r ON r.role = p.role JOIN farol_role_holds i ON i.role_id = r.role_id) x
GROUP BY x.person, x.role_id
HAVING MAX(x.inherited) = 0;
-- Every person with the ids of these roles, as farol_holder has them.
CREATE VIEW farol_person_roles AS
SELECT x.person, CAST(COALESCE(STRING_AGG(CAST(x.role_id AS VARCHAR), '-' ORDER BY x.role_id), '') AS VARCHAR) AS roles
FROM (SELECT person, role_id FROM farol_person_counting
      UNION ALL
      SELECT DISTINCT person, CAST(NULL AS INTEGER) AS role_id FROM farol_person_role) x
GROUP BY x.person;

-- Every person with their combination of roles. holder_id is NULL where that was not exported: what they may do is
-- unknown, never allowed. Where people are many, keep-people.sql keeps it as a table (docs/warehouse.md).
CREATE VIEW farol_person_now AS
SELECT k.person, k.roles, h.holder_id
FROM farol_person_roles k LEFT JOIN farol_holder h ON h.roles = k.roles
WHERE (SELECT sound FROM farol_check) = 1;
CREATE VIEW farol_person AS SELECT person, roles, holder_id FROM farol_person_now;

-- What each person may do, in which cases, and until when.
CREATE VIEW farol_may AS
SELECT p.person, f.feature, o.object@decision_columns@, a.controls, a.until, a.answer_id
FROM farol_person p
JOIN farol_holder_table t ON t.holder_id = p.holder_id
JOIN farol_feature f ON f.feature_id = t.feature_id
JOIN farol_decision d ON d.table_id = t.table_id
JOIN farol_answer a ON a.answer_id = d.answer_id
JOIN farol_object o ON o.acts_on = f.acts_on AND o.object_id = d.object_id
WHERE (SELECT sound FROM farol_check) = 1 AND a.effect = 'allow';

-- The answer of a table for an object and a case; where the cell has but one answer its case is 0.
CREATE VIEW farol_answer_at AS
SELECT table_id, object_id, 0 AS case_no, answer_id FROM farol_decision@always@
UNION ALL
SELECT table_id, object_id, case_no, answer_id FROM farol_case;

-- Every line of the log with its verdict: allowed, refused, not permitted, left to the platform; or unknown, with what
-- is. A case that the log does not know is unknown wherever the answer depends on it.
CREATE VIEW farol_verdict AS
SELECT l.happened_at, l.person, l.feature, l.object@log_columns@,
  CASE
    WHEN p.holder_id IS NULL AND p.person IS NULL THEN 'unknown: person'
    WHEN p.holder_id IS NULL THEN 'unknown: combination of roles'
    WHEN f.feature_id IS NULL THEN 'unknown: feature'
    WHEN COALESCE(o.object_id, f.default_object_id) IS NULL THEN 'unknown: object'
    WHEN t.table_id IS NOT NULL AND d.answer_id IS NULL THEN 'unknown: case'
    WHEN a.effect = 'allow' THEN 'allowed'
    WHEN a.effect = 'deny' THEN 'refused'
    WHEN f.governed = 1 THEN 'not permitted'
    ELSE 'left to the platform'
  END AS verdict,
  a.answer_id
FROM farol_access_log l
LEFT JOIN farol_person p ON p.person = l.person
LEFT JOIN farol_feature f ON f.feature = l.feature
LEFT JOIN farol_object o ON o.acts_on = f.acts_on AND o.object = l.object
LEFT JOIN farol_holder_table t ON t.holder_id = p.holder_id AND t.feature_id = f.feature_id
LEFT JOIN farol_cell w ON w.table_id = t.table_id AND w.object_id = COALESCE(o.object_id, f.default_object_id)
LEFT JOIN farol_answer_at d ON d.table_id = t.table_id AND d.object_id = COALESCE(o.object_id, f.default_object_id)
  AND d.case_no = @case_no@
LEFT JOIN farol_answer a ON a.answer_id = d.answer_id
WHERE (SELECT sound FROM farol_check) = 1;

-- What was done although the policy does not allow it, or although it is unknown whether it does.
CREATE VIEW farol_violation AS
SELECT v.* FROM farol_verdict v WHERE v.verdict <> 'allowed' AND v.verdict <> 'left to the platform';

-- The rules behind an answer.
CREATE VIEW farol_reason AS
SELECT x.answer_id, r.rule, r.text, r.because, r.file, r.line
FROM farol_answer_rule x JOIN farol_rule r ON r.rule_id = x.rule_id
WHERE (SELECT sound FROM farol_check) = 1;

CREATE VIEW farol_breach AS
SELECT p.person, s.separation, s.text, s.because
FROM farol_person p
JOIN farol_holder_breach b ON b.holder_id = p.holder_id
JOIN farol_separation s ON s.separation_id = b.separation_id
WHERE (SELECT sound FROM farol_check) = 1;

-- What people with several roles are refused because of it.
CREATE VIEW farol_person_refusal AS
SELECT p.person, f.feature, o.object@decision_columns@, d.kind
FROM farol_person p
JOIN farol_refusal d ON d.holder_id = p.holder_id
JOIN farol_feature f ON f.feature_id = d.feature_id
JOIN farol_object o ON o.acts_on = f.acts_on AND o.object_id = d.object_id
WHERE (SELECT sound FROM farol_check) = 1;

-- The rows of an access review: what each role alone may do.
CREATE VIEW farol_review AS
SELECT COALESCE(r.role, 'whoever holds no role') AS role, o.object, o.tier, f.feature@decision_columns@, a.controls,
  a.until, a.answer_id
FROM farol_holder h
LEFT JOIN farol_holder_role m ON m.holder_id = h.holder_id
LEFT JOIN farol_role r ON r.role_id = m.role_id
JOIN farol_holder_table t ON t.holder_id = h.holder_id
JOIN farol_feature f ON f.feature_id = t.feature_id
JOIN farol_decision d ON d.table_id = t.table_id
JOIN farol_answer a ON a.answer_id = d.answer_id
JOIN farol_object o ON o.acts_on = f.acts_on AND o.object_id = d.object_id
WHERE (SELECT sound FROM farol_check) = 1 AND a.effect = 'allow' AND h.roles NOT LIKE '%-%';
