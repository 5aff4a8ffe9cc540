-- Folded tables whole, in order of their keys: for verify and the digest. (record_every, org_periods,
-- grant_list, cell_every and contribution_every stand with their tables.)

-- name: link_every :many () -> (record int, name text, target int)
SELECT record, name, target FROM record_link ORDER BY record, name, target;

-- name: scope_every :many () -> (org int, kind text, created_at int, record int, open int, due_on int,
--   status text, category text)
SELECT org, kind, created_at, record, open, due_on, status, category FROM record_scope
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
