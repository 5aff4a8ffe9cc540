-- Folded tables whole, in order of their keys: for verify and the digest. (record_every, org_periods,
-- grant_list, cell_every and contribution_every stand with their tables.)

-- name: link_every :many () -> (record int, name text, target int)
SELECT record, name, target FROM record_link ORDER BY record, name, target;

-- name: scope_every :many () -> (org int, kind text, created_at int, record int, open int, due_on int,
--   status text, category text, pending text)
SELECT org, kind, created_at, record, open, due_on, status, category, pending FROM record_scope
ORDER BY org, kind, created_at, record;

-- name: edition_every :many () -> (record int, edition int, frozen text)
SELECT record, edition, frozen FROM publication ORDER BY record, edition;

-- name: counter_every :many () -> (name text, value int)
SELECT name, value FROM counter ORDER BY name;

-- name: entry_record_every :many () -> (record int, sequence int)
SELECT record, sequence FROM entry_record ORDER BY record, sequence;

-- Tree heads, the oldest first.
-- name: tree_head_every :many () -> tree_head_row
SELECT size, root, root_sm3, signed_at, note FROM tree_head ORDER BY size;

-- ---- what is kept beside the journal, for verify ----

-- name: contact_every :many () -> (record int, sealed blob)
SELECT record, sealed FROM record_contact ORDER BY record;

-- Those that a record names; the others wait for one, or to be tidied away.
-- name: attachment_claimed :many () -> attachment_row
SELECT id, record, name, type, size, sha256 FROM attachment WHERE record IS NOT NULL ORDER BY id;

-- Tables, indexes, triggers and views as they are.
-- name: schema_every :many () -> (type text, name text, sql text?)
-- @sqlite
SELECT type, name, sql FROM sqlite_schema ORDER BY type, name;
-- @pg
SELECT 'column' AS type, table_name || '.' || column_name AS name, data_type AS sql
FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY name;
-- @end

-- ---- rebuild: folded tables emptied (cell_clear stands in cell.sql) ----

-- name: record_clear :exec ()
DELETE FROM record;
-- name: link_clear :exec ()
DELETE FROM record_link;
-- name: scope_clear :exec ()
DELETE FROM record_scope;
-- name: org_clear :exec ()
DELETE FROM org;
-- name: grant_clear :exec ()
DELETE FROM role_grant;
-- name: contribution_clear :exec ()
DELETE FROM contribution;
-- name: edition_clear :exec ()
DELETE FROM publication;
-- name: counter_clear :exec ()
DELETE FROM counter;
-- name: entry_record_clear :exec ()
DELETE FROM entry_record;
