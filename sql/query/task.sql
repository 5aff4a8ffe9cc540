-- What the background looks for. (Moves made by the clock are found with rule/ and db_text.h.)

-- Sealed contacts of records that are over, the oldest first. CROSS JOIN keeps SQLite from reading
-- every record: contacts are few.
-- name: contact_overdue :many (before int, n int) -> (record int, version int)
SELECT r.id AS record, r.version AS version
FROM record_contact AS c CROSS JOIN record AS r CROSS JOIN entry AS e
WHERE r.id = c.record AND e.sequence = r.version
  AND (coalesce(r.open, 0) = 0 OR r.voided_at IS NOT NULL)
  AND coalesce(r.voided_at, r.closed_at, e.recorded_at) < :before
ORDER BY c.record LIMIT :n;

-- Open records whose due day was computed without the notice of a year.
-- name: provisional_due :many () -> (record int, due_on int)
SELECT id AS record, due_on FROM record
WHERE open = 1 AND due_on IS NOT NULL AND json_extract(data, '$.provisional') = 1 ORDER BY id;

-- Attachments that no entry named in time.
-- name: attachment_orphans :many (before int, n int) -> (id text)
SELECT id FROM attachment WHERE record IS NULL AND put_at < :before ORDER BY id LIMIT :n;

-- name: attachment_remove :exec (id text)
DELETE FROM attachment WHERE id = :id AND record IS NULL;
