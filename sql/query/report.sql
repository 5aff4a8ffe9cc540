-- Boards.

-- Open records by leading organisation and light, as lists show them: a paused clock first, then
-- red, yellow, green; without a limit of time there is no light.
-- name: board_lights :many (org int, at int) -> (lead int, green int, yellow int, red int,
--   paused int, unlimited int)
-- @sqlite
SELECT o.lead AS lead,
       SUM(o.light = 'green') AS green, SUM(o.light = 'yellow') AS yellow,
       SUM(o.light = 'red') AS red, SUM(o.light = 'paused') AS paused,
       SUM(o.light = 'unlimited') AS unlimited
FROM (SELECT COALESCE(r.lead, 0) AS lead,
             CASE WHEN json_extract(r.data, '$.paused_on') IS NOT NULL THEN 'paused'
                  WHEN r.red_at IS NULL THEN 'unlimited'
                  WHEN r.red_at <= :at THEN 'red'
                  WHEN r.yellow_at <= :at THEN 'yellow'
                  ELSE 'green' END AS light
      FROM record_scope AS s CROSS JOIN record AS r
      WHERE s.org = :org AND s.open = 1 AND r.id = s.record AND r.voided_at IS NULL) AS o
GROUP BY o.lead ORDER BY o.lead;
-- @end
-- @pg
SELECT o.lead AS lead,
       COUNT(*) FILTER (WHERE o.light = 'green') AS green,
       COUNT(*) FILTER (WHERE o.light = 'yellow') AS yellow,
       COUNT(*) FILTER (WHERE o.light = 'red') AS red,
       COUNT(*) FILTER (WHERE o.light = 'paused') AS paused,
       COUNT(*) FILTER (WHERE o.light = 'unlimited') AS unlimited
FROM (SELECT COALESCE(r.lead, 0) AS lead,
             CASE WHEN r.data::json ->> 'paused_on' IS NOT NULL THEN 'paused'
                  WHEN r.red_at IS NULL THEN 'unlimited'
                  WHEN r.red_at <= :at THEN 'red'
                  WHEN r.yellow_at <= :at THEN 'yellow'
                  ELSE 'green' END AS light
      FROM record_scope AS s JOIN record AS r ON r.id = s.record
      WHERE s.org = :org AND s.open = 1 AND r.voided_at IS NULL) AS o
GROUP BY o.lead ORDER BY o.lead;
-- @end

-- Days used by records closed from one instant up to another, ascending for each leading
-- organisation.
-- name: board_days :many (org int, from_at int, to_at int) -> (lead int, days int)
-- @sqlite
SELECT COALESCE(r.lead, 0) AS lead, json_extract(r.data, '$.days_used') AS days
FROM record AS r CROSS JOIN record_scope AS s
WHERE r.closed_at >= :from_at AND r.closed_at <= :to_at AND r.voided_at IS NULL
  AND s.record = r.id AND s.org = :org AND s.open = 0
  AND json_extract(r.data, '$.days_used') IS NOT NULL
ORDER BY 1, 2;
-- @end
-- @pg
SELECT COALESCE(r.lead, 0) AS lead, (r.data::json ->> 'days_used')::bigint AS days
FROM record_scope AS s JOIN record AS r ON r.id = s.record
WHERE s.org = :org AND s.open = 0 AND r.voided_at IS NULL
  AND r.closed_at >= :from_at AND r.closed_at <= :to_at
  AND r.data::json ->> 'days_used' IS NOT NULL
ORDER BY 1, 2;
-- @end
