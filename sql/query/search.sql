-- What the search follower reads of a site.

-- Organisations whose staff may list a record.
-- name: search_scope :many (record int) -> (org int)
SELECT DISTINCT org FROM record_scope WHERE record = :record ORDER BY org;
