-- Boards.

-- Open records by kind, leading organisation and light, as lists show them: a paused clock first,
-- then red, yellow, green; without a limit of time there is no light. Out of the index record_open.
-- name: board_lights :many (at int) -> (kind text, lead int, green int, yellow int, red int,
--   paused int, unlimited int)
-- @sqlite
SELECT r.kind AS kind, COALESCE(r.lead, 0) AS lead,
       COUNT(CASE WHEN r.red_at > :at AND r.paused_on IS NULL
                       AND (r.yellow_at <= :at) IS NOT TRUE THEN 1 END) AS green,
       COUNT(CASE WHEN r.yellow_at <= :at AND r.red_at > :at AND r.paused_on IS NULL
                  THEN 1 END) AS yellow,
       COUNT(CASE WHEN r.red_at <= :at AND r.paused_on IS NULL THEN 1 END) AS red,
       COUNT(r.paused_on) AS paused,
       COUNT(CASE WHEN r.red_at IS NULL AND r.paused_on IS NULL THEN 1 END) AS unlimited
FROM record AS r WHERE r.open = 1 AND r.voided_at IS NULL
GROUP BY r.kind, r.lead ORDER BY r.kind, r.lead;
-- @end
-- @pg
SELECT r.kind AS kind, COALESCE(r.lead, 0) AS lead,
       COUNT(*) FILTER (WHERE r.paused_on IS NULL AND r.red_at > :at
                              AND (r.yellow_at <= :at) IS NOT TRUE) AS green,
       COUNT(*) FILTER (WHERE r.paused_on IS NULL AND r.red_at > :at AND r.yellow_at <= :at) AS yellow,
       COUNT(*) FILTER (WHERE r.paused_on IS NULL AND r.red_at <= :at) AS red,
       COUNT(*) FILTER (WHERE r.paused_on IS NOT NULL) AS paused,
       COUNT(*) FILTER (WHERE r.paused_on IS NULL AND r.red_at IS NULL) AS unlimited
FROM record AS r WHERE r.open = 1 AND r.voided_at IS NULL
GROUP BY r.kind, r.lead ORDER BY r.kind, r.lead NULLS FIRST;
-- @end

-- Days used by records closed from one instant up to another, in no order. Out of the index
-- record_closed.
-- name: board_days :many (from_at int, to_at int) -> (kind text, lead int, days int)
SELECT r.kind AS kind, COALESCE(r.lead, 0) AS lead, r.days_used AS days
FROM record AS r
WHERE r.closed_at >= :from_at AND r.closed_at <= :to_at AND r.voided_at IS NULL
  AND COALESCE(r.open, 0) = 0 AND r.days_used >= 0;
