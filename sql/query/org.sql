-- Organisations in the tree, accounts and their roles.

-- name: org_periods :many () -> (id int, from_day int, to_day int?, parent int?)
SELECT id, from_day, to_day, parent FROM org ORDER BY id, from_day;

-- name: org_period_end :exec (id int, to_day int)
UPDATE org SET to_day = :to_day WHERE id = :id AND to_day IS NULL AND from_day < :to_day;

-- A second move on one day takes the place of the first.
-- name: org_period_put :exec (id int, from_day int, parent int?)
INSERT INTO org (id, from_day, parent) VALUES (:id, :from_day, :parent)
ON CONFLICT (id, from_day) DO UPDATE SET parent = excluded.parent, to_day = NULL;

-- name: grant_list :many () -> (account int, role text, org int)
SELECT account, role, org FROM role_grant ORDER BY account, role, org;

-- name: grant_remove :exec (account int)
DELETE FROM role_grant WHERE account = :account;

-- name: grant_put :exec (account int, role text, org int)
INSERT INTO role_grant (account, role, org) VALUES (:account, :role, :org);

-- ---- kept: credentials and sessions ----

-- name: credential_get :one (account int) -> (hash text)
SELECT hash FROM credential WHERE account = :account;

-- name: credential_put :exec (account int, hash text)
INSERT INTO credential (account, hash) VALUES (:account, :hash)
ON CONFLICT (account) DO UPDATE SET hash = excluded.hash;

-- name: session_get :one (token_hash blob) -> (account int, csrf text, created_at int, seen_at int)
SELECT account, csrf, created_at, seen_at FROM session WHERE token_hash = :token_hash;

-- name: session_put :exec (token_hash blob, account int, csrf text, created_at int)
INSERT INTO session (token_hash, account, csrf, created_at, seen_at)
VALUES (:token_hash, :account, :csrf, :created_at, :created_at);

-- name: session_seen :exec (token_hash blob, seen_at int)
UPDATE session SET seen_at = :seen_at WHERE token_hash = :token_hash;

-- name: session_remove :exec (token_hash blob)
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_remove_account :exec (account int)
DELETE FROM session WHERE account = :account;

-- name: session_expire :exec (before int, idle_before int)
DELETE FROM session WHERE created_at < :before OR seen_at < :idle_before;
