-- The journal, the tree over it, and what is kept beside it.

-- name: entry_put :exec (sequence int, recorded_at int, at int, actor text, action text,
--   profile text, record int, key text?, form_hash blob?, mac blob, plain blob, text blob,
--   plain_salt blob, text_salt blob, leaf blob)
INSERT INTO entry (sequence, recorded_at, at, actor, action, profile, record, key, form_hash, mac,
                   plain, text, plain_salt, text_salt, leaf)
VALUES (:sequence, :recorded_at, :at, :actor, :action, :profile, :record, :key, :form_hash, :mac,
        :plain, :text, :plain_salt, :text_salt, :leaf);

-- name: entry_get :one (sequence int) -> entry_row (sequence int, recorded_at int, at int,
--   actor text, action text, profile text, record int, key text?, form_hash blob?, mac blob,
--   plain blob, text blob, plain_salt blob, text_salt blob, leaf blob)
SELECT sequence, recorded_at, at, actor, action, profile, record, key, form_hash, mac, plain,
       text, plain_salt, text_salt, leaf
FROM entry WHERE sequence = :sequence;

-- Entries after a sequence, in order.
-- name: entry_after :many (sequence int) -> entry_row
SELECT sequence, recorded_at, at, actor, action, profile, record, key, form_hash, mac, plain,
       text, plain_salt, text_salt, leaf
FROM entry WHERE sequence > :sequence ORDER BY sequence;

-- The last `n` entries, newest first.
-- name: entry_latest :many (n int) -> entry_row
SELECT sequence, recorded_at, at, actor, action, profile, record, key, form_hash, mac, plain,
       text, plain_salt, text_salt, leaf
FROM entry ORDER BY sequence DESC LIMIT :n;

-- The entries that touched a record, oldest first.
-- name: entry_of_record :many (record int) -> entry_row
SELECT e.sequence AS sequence, e.recorded_at AS recorded_at, e.at AS at, e.actor AS actor,
       e.action AS action, e.profile AS profile, e.record AS record, e.key AS key,
       e.form_hash AS form_hash, e.mac AS mac, e.plain AS plain, e.text AS text, e.plain_salt AS plain_salt,
       e.text_salt AS text_salt, e.leaf AS leaf
FROM entry_record AS r JOIN entry AS e ON e.sequence = r.sequence
WHERE r.record = :record ORDER BY e.sequence;

-- The first answer to an idempotency key.
-- name: entry_by_key :one (actor text, key text) -> (sequence int, record int, action text,
--   form_hash blob?)
SELECT sequence, record, action, form_hash FROM entry WHERE actor = :actor AND key = :key;

-- The same for a key that is whoever's who comes with it.
-- name: entry_by_shared_key :one (key text) -> (sequence int, record int, action text,
--   form_hash blob?)
SELECT sequence, record, action, form_hash FROM entry WHERE key = :key ORDER BY sequence LIMIT 1;

-- name: entry_last :one () -> (sequence int, recorded_at int)
SELECT sequence, recorded_at FROM entry ORDER BY sequence DESC LIMIT 1;

-- Erasing: the one change an entry allows (the trigger entry_no_update refuses every other).
-- name: entry_erase_text :exec (sequence int, text blob, text_salt blob)
UPDATE entry SET text = :text, text_salt = :text_salt WHERE sequence = :sequence;

-- Leaf hashes of the entries first..last, in order.
-- name: entry_leaves :many (first int, last int) -> (leaf blob)
SELECT leaf FROM entry WHERE sequence BETWEEN :first AND :last ORDER BY sequence;

-- name: tile_get :one (level int, number int) -> (hashes blob)
SELECT hashes FROM tile WHERE level = :level AND number = :number;

-- name: tile_put :exec (level int, number int, hashes blob)
INSERT INTO tile (level, number, hashes) VALUES (:level, :number, :hashes)
ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes;

-- name: tile_every :many () -> (level int, number int, hashes blob)
SELECT level, number, hashes FROM tile ORDER BY level, number;

-- name: tree_state_get :one () -> (size int, sha256 blob, sm3 blob)
SELECT size, sha256, sm3 FROM tree_state WHERE id = 1;

-- name: tree_state_put :exec (size int, sha256 blob, sm3 blob)
INSERT INTO tree_state (id, size, sha256, sm3) VALUES (1, :size, :sha256, :sm3)
ON CONFLICT (id) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256, sm3 = excluded.sm3;

-- name: tree_head_put :exec (size int, root blob, root_sm3 blob, signed_at int, note text)
INSERT INTO tree_head (size, root, root_sm3, signed_at, note)
VALUES (:size, :root, :root_sm3, :signed_at, :note)
ON CONFLICT (size) DO NOTHING;

-- name: tree_head_last :one () -> tree_head_row (size int, root blob, root_sm3 blob,
--   signed_at int, note text)
SELECT size, root, root_sm3, signed_at, note FROM tree_head ORDER BY size DESC LIMIT 1;

-- The newest heads first.
-- name: tree_head_list :many (n int) -> tree_head_row
SELECT size, root, root_sm3, signed_at, note FROM tree_head ORDER BY size DESC LIMIT :n;

-- ---- kept beside the journal ----

-- name: contact_put :exec (record int, sealed blob)
INSERT INTO record_contact (record, sealed) VALUES (:record, :sealed)
ON CONFLICT (record) DO UPDATE SET sealed = excluded.sealed;

-- name: contact_get :one (record int) -> (sealed blob)
SELECT sealed FROM record_contact WHERE record = :record;

-- name: contact_remove :exec (record int)
DELETE FROM record_contact WHERE record = :record;

-- name: attachment_put :exec (id text, name text, type text, size int, sha256 text, put_at int)
INSERT INTO attachment (id, name, type, size, sha256, put_at)
VALUES (:id, :name, :type, :size, :sha256, :put_at);

-- name: attachment_get :one (id text) -> attachment_row (id text, record int?, name text, type text,
--   size int, sha256 text)
SELECT id, record, name, type, size, sha256 FROM attachment WHERE id = :id;

-- Stored, and named by no entry yet.
-- name: attachment_unclaimed :one () -> (bytes int)
SELECT coalesce(sum(size), 0) AS bytes FROM attachment WHERE record IS NULL;

-- No row when it belongs to another record, or is none.
-- name: attachment_claim :one (id text, record int) -> (record int)
UPDATE attachment SET record = :record WHERE id = :id AND (record IS NULL OR record = :record)
RETURNING record;

-- name: setting_get :one (name text) -> (value text)
SELECT value FROM site_setting WHERE name = :name;

-- name: setting_put :exec (name text, value text)
INSERT INTO site_setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- What belongs to a record whose text is erased loses its name and its owner; tidying removes the
-- bytes.
-- name: attachment_release :exec (record int)
UPDATE attachment SET record = NULL, name = '', put_at = 0 WHERE record = :record;
