-- Records, their links and scope rows.

-- One record by id.
-- name: record_get :one (id int) -> record_row (id int, kind text, number text?, title text?,
--   parent int?, status text?, result text?, place int?, lead int?, submitter int?, category text?,
--   amount int?, created_at int?, accepted_at int?, closed_at int?, published_at int?,
--   voided_at int?, due_on int?, yellow_at int?, red_at int?, paused_on int?,
--   open int?, version int, days_used int,
--   data text)
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE id = :id;

-- One record by its number.
-- name: record_by_number :one (number text) -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE number = :number;

-- The children of one kind, in order of id.
-- name: record_children :many (parent int, kind text) -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE parent = :parent AND kind = :kind ORDER BY id;

-- Every record of a kind, in order of id.
-- name: record_of_kind :many (kind text) -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE kind = :kind ORDER BY id;

-- Open records of a kind that an organisation leads. Out of the index record_open.
-- name: record_led :many (kind text, lead int) -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE kind = :kind AND lead = :lead AND open = 1 AND voided_at IS NULL ORDER BY id;

-- Open records past their limit, the latest first, at most so many. Found in the index record_open.
-- name: record_late :many (at int, most int) -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record WHERE open = 1 AND voided_at IS NULL AND paused_on IS NULL AND red_at <= :at
ORDER BY red_at DESC, id DESC LIMIT :most;

-- Every record, in order of id.
-- name: record_every :many () -> record_row
SELECT id, kind, number, title, parent, status, result, place, lead, submitter, category, amount,
       created_at, accepted_at, closed_at, published_at, voided_at, due_on, yellow_at, red_at,
       paused_on, open, version, days_used, data
FROM record ORDER BY id;

-- name: record_put :exec (id int, kind text, number text?, title text?, parent int?, status text?,
--   result text?, place int?, lead int?, submitter int?, category text?, amount int?,
--   created_at int?, accepted_at int?, closed_at int?, published_at int?, voided_at int?,
--   due_on int?, yellow_at int?, red_at int?, paused_on int?,
--   open int?, version int, days_used int,
--   data text)
INSERT INTO record (id, kind, number, title, parent, status, result, place, lead, submitter,
                    category, amount, created_at, accepted_at, closed_at, published_at, voided_at,
                    due_on, yellow_at, red_at, paused_on, open, version, days_used, data)
VALUES (:id, :kind, :number, :title, :parent, :status, :result, :place, :lead, :submitter,
        :category, :amount, :created_at, :accepted_at, :closed_at, :published_at, :voided_at,
        :due_on, :yellow_at, :red_at, :paused_on, :open, :version, :days_used, :data)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, number = excluded.number, title = excluded.title,
    parent = excluded.parent, status = excluded.status, result = excluded.result,
    place = excluded.place, lead = excluded.lead, submitter = excluded.submitter,
    category = excluded.category, amount = excluded.amount, created_at = excluded.created_at,
    accepted_at = excluded.accepted_at, closed_at = excluded.closed_at,
    published_at = excluded.published_at, voided_at = excluded.voided_at, due_on = excluded.due_on,
    yellow_at = excluded.yellow_at, red_at = excluded.red_at, paused_on = excluded.paused_on, open = excluded.open,
    version = excluded.version, days_used = excluded.days_used, data = excluded.data;

-- Ids of the records whose link points to a target.
-- name: record_linking :many (name text, target int) -> (record int)
SELECT record FROM record_link WHERE target = :target AND name = :name ORDER BY record;

-- name: link_remove :exec (record int)
DELETE FROM record_link WHERE record = :record;

-- name: link_remove_one :exec (record int, name text, target int)
DELETE FROM record_link WHERE record = :record AND name = :name AND target = :target;

-- name: link_put :exec (record int, name text, target int)
INSERT INTO record_link (record, name, target) VALUES (:record, :name, :target);

-- name: scope_remove :exec (record int)
DELETE FROM record_scope WHERE record = :record;

-- name: scope_remove_one :exec (org int, kind text, created_at int, record int)
DELETE FROM record_scope
WHERE org = :org AND kind = :kind AND created_at = :created_at AND record = :record;

-- name: scope_put :exec (org int, kind text, created_at int, record int, open int, due_on int,
--   status text, category text, pending text)
INSERT INTO record_scope (org, kind, created_at, record, open, due_on, status, category, pending)
VALUES (:org, :kind, :created_at, :record, :open, :due_on, :status, :category, :pending)
ON CONFLICT (org, kind, created_at, record) DO UPDATE SET
    open = excluded.open, due_on = excluded.due_on, status = excluded.status,
    category = excluded.category, pending = excluded.pending;

-- Records that the staff of an organisation may list: to be rewritten when it moves in the tree.
-- name: scope_records :many (org int) -> (record int)
SELECT DISTINCT record FROM record_scope WHERE org = :org ORDER BY record;

-- The entries that touched a record, oldest first.
-- name: record_entries :many (record int) -> (sequence int)
SELECT sequence FROM entry_record WHERE record = :record ORDER BY sequence;

-- name: entry_record_put :exec (record int, sequence int)
INSERT INTO entry_record (record, sequence) VALUES (:record, :sequence);

-- name: counter_get :one (name text) -> (value int)
SELECT value FROM counter WHERE name = :name;

-- name: counter_put :exec (name text, value int)
INSERT INTO counter (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: edition_put :exec (record int, edition int, frozen text)
INSERT INTO publication (record, edition, frozen) VALUES (:record, :edition, :frozen)
ON CONFLICT (record, edition) DO UPDATE SET frozen = excluded.frozen;

-- The editions of a briefing, newest first.
-- name: edition_list :many (record int) -> (edition int, frozen text)
SELECT edition, frozen FROM publication WHERE record = :record ORDER BY edition DESC;

-- name: record_child_ids :many (parent int) -> (id int)
SELECT id FROM record WHERE parent = :parent ORDER BY id;

-- Ids of the records that name the target in a link with a column of its own. Walks all records: it
-- is asked where a figure looks through such a link and the organisation behind it changes.
-- name: record_column_linking :many (name text, target int) -> (id int)
SELECT id FROM record
WHERE CASE :name WHEN 'place' THEN place WHEN 'lead' THEN lead WHEN 'submitter' THEN submitter END = :target
ORDER BY id;

-- A record of the kind, other than `but`, not voided, that has this text under the name whose path is
-- given ('$.login').
-- name: record_with_text :one (kind text, path text, value text, but int) -> (id int)
SELECT id FROM record
WHERE kind = :kind AND json_extract(data, :path) = :value AND id <> :but AND voided_at IS NULL
LIMIT 1;

-- What the records of a kind are called by: number, title, and the text under `path`.
-- name: record_names :many (kind text, path text) -> (id int, number text?, title text?, code text?)
SELECT id, number, title, json_extract(data, :path) AS code FROM record
WHERE kind = :kind AND voided_at IS NULL ORDER BY id;
