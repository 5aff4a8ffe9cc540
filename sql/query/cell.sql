-- Counted indicators.

-- name: cell_add :exec (indicator int, org int, grain int, period int, n int, sum int)
INSERT INTO cell (indicator, org, grain, period, n, sum)
VALUES (:indicator, :org, :grain, :period, :n, :sum)
ON CONFLICT (indicator, org, grain, period) DO UPDATE SET n = n + excluded.n, sum = sum + excluded.sum;

-- name: cell_drop_empty :exec (indicator int, org int, grain int, period int)
DELETE FROM cell WHERE indicator = :indicator AND org = :org AND grain = :grain
  AND period = :period AND n = 0 AND sum = 0;

-- name: cell_every :many () -> (indicator int, org int, grain int, period int, n int, sum int)
SELECT indicator, org, grain, period, n, sum FROM cell ORDER BY indicator, org, grain, period;

-- name: cell_clear :exec ()
DELETE FROM cell;

-- name: cell_clear_indicator :exec (indicator int)
DELETE FROM cell WHERE indicator = :indicator;

-- name: contribution_add :exec (indicator int, org int, day int, ref int, record int,
--   n int)
INSERT INTO contribution (indicator, org, day, ref, record, n)
VALUES (:indicator, :org, :day, :ref, :record, :n)
ON CONFLICT (indicator, org, day, ref, record, n) DO NOTHING;

-- name: contribution_remove :exec (indicator int, org int, day int, ref int, record int,
--   n int)
DELETE FROM contribution WHERE indicator = :indicator AND org = :org AND day = :day
  AND ref = :ref AND record = :record AND n = :n;

-- name: contribution_every :many () -> (indicator int, org int, day int, ref int, record int,
--   n int)
SELECT indicator, org, day, ref, record, n FROM contribution
ORDER BY indicator, org, day, ref, record, n;

-- name: contribution_clear_indicator :exec (indicator int)
DELETE FROM contribution WHERE indicator = :indicator;

-- ---- reading figures ----

-- Organisations that have cells of an indicator, ascending. Jumps from one to the next, so its time
-- does not grow with their cells.
-- name: cell_orgs :many (indicator int) -> (org int)
WITH RECURSIVE place (org) AS (
    SELECT MIN(c.org) FROM cell AS c WHERE c.indicator = :indicator
    UNION ALL
    SELECT (SELECT MIN(c.org) FROM cell AS c WHERE c.indicator = :indicator AND c.org > place.org)
    FROM place WHERE place.org IS NOT NULL)
SELECT place.org AS org FROM place WHERE place.org IS NOT NULL;

-- The sum over whole months and the single days before and after them. `orgs` is a JSON array of
-- ids. A range whose end is before its beginning is empty and costs nothing.
-- name: cell_sum :one (indicator int, orgs text, month_from int, month_to int, head_from int,
--   head_to int, tail_from int, tail_to int) -> (n int, sum int)
-- @sqlite
SELECT COALESCE(SUM(part.n), 0) AS n, COALESCE(SUM(part.sum), 0) AS sum FROM (
    SELECT c.n AS n, c.sum AS sum FROM json_each(:orgs) AS o CROSS JOIN cell AS c
    WHERE :month_from <= :month_to AND c.indicator = :indicator AND c.org = o.value
      AND c.grain = 1 AND c.period BETWEEN :month_from AND :month_to
    UNION ALL
    SELECT c.n, c.sum FROM json_each(:orgs) AS o CROSS JOIN cell AS c
    WHERE :head_from <= :head_to AND c.indicator = :indicator AND c.org = o.value
      AND c.grain = 0 AND c.period BETWEEN :head_from AND :head_to
    UNION ALL
    SELECT c.n, c.sum FROM json_each(:orgs) AS o CROSS JOIN cell AS c
    WHERE :tail_from <= :tail_to AND c.indicator = :indicator AND c.org = o.value
      AND c.grain = 0 AND c.period BETWEEN :tail_from AND :tail_to) AS part;
-- @end
-- @pg
SELECT COALESCE(SUM(c.n), 0)::bigint AS n, COALESCE(SUM(c.sum), 0)::bigint AS sum
FROM cell AS c
WHERE c.indicator = :indicator
  AND c.org IN (SELECT o.value::bigint FROM json_array_elements_text(:orgs::json) AS o (value))
  AND ((c.grain = 1 AND c.period BETWEEN :month_from AND :month_to)
    OR (c.grain = 0 AND c.period BETWEEN :head_from AND :head_to)
    OR (c.grain = 0 AND c.period BETWEEN :tail_from AND :tail_to));
-- @end

-- The same cells one by one: months and the days beside them. Added up by the caller, because
-- grouping here sorts them first and takes three times as long.
-- name: cell_periods :many (indicator int, orgs text, month_from int, month_to int, head_from int,
--   head_to int, tail_from int, tail_to int) -> (org int, grain int, period int, n int, sum int)
-- @sqlite
SELECT c.org AS org, c.grain AS grain, c.period AS period, c.n AS n, c.sum AS sum
FROM json_each(:orgs) AS o CROSS JOIN cell AS c
WHERE :month_from <= :month_to AND c.indicator = :indicator AND c.org = o.value
  AND c.grain = 1 AND c.period BETWEEN :month_from AND :month_to
UNION ALL
SELECT c.org, c.grain, c.period, c.n, c.sum FROM json_each(:orgs) AS o CROSS JOIN cell AS c
WHERE :head_from <= :head_to AND c.indicator = :indicator AND c.org = o.value
  AND c.grain = 0 AND c.period BETWEEN :head_from AND :head_to
UNION ALL
SELECT c.org, c.grain, c.period, c.n, c.sum FROM json_each(:orgs) AS o CROSS JOIN cell AS c
WHERE :tail_from <= :tail_to AND c.indicator = :indicator AND c.org = o.value
  AND c.grain = 0 AND c.period BETWEEN :tail_from AND :tail_to;
-- @end
-- @pg
SELECT c.org AS org, c.grain AS grain, c.period AS period, c.n AS n, c.sum AS sum
FROM cell AS c
WHERE c.indicator = :indicator
  AND c.org IN (SELECT o.value::bigint FROM json_array_elements_text(:orgs::json) AS o (value))
  AND ((c.grain = 1 AND c.period BETWEEN :month_from AND :month_to)
    OR (c.grain = 0 AND c.period BETWEEN :head_from AND :head_to)
    OR (c.grain = 0 AND c.period BETWEEN :tail_from AND :tail_to));
-- @end

-- Different refs at organisations on the days they stood in a subtree; `spans` is a JSON array of
-- [org, from, to]. Of a stock the spans begin with the first day, and what has ended is no more.
-- name: contribution_count :one (indicator int, spans text) -> (n int)
-- @sqlite
SELECT COUNT(*) AS n FROM (
    SELECT c.ref FROM json_each(:spans) AS s CROSS JOIN contribution AS c
    WHERE c.indicator = :indicator AND c.org = json_extract(s.value, '$[0]')
      AND c.day BETWEEN json_extract(s.value, '$[1]') AND json_extract(s.value, '$[2]')
    GROUP BY c.ref HAVING SUM(c.n) > 0) AS standing;
-- @end
-- @pg
SELECT COUNT(*) AS n FROM (
    SELECT c.ref
    FROM json_array_elements(:spans::json) AS s (value) JOIN contribution AS c
      ON c.indicator = :indicator AND c.org = (s.value ->> 0)::bigint
     AND c.day BETWEEN (s.value ->> 1)::bigint AND (s.value ->> 2)::bigint
    GROUP BY c.ref HAVING SUM(c.n) > 0) AS standing;
-- @end

-- The same everywhere.
-- name: contribution_count_site :one (indicator int, from_day int, to_day int) -> (n int)
SELECT COUNT(*) AS n FROM (
    SELECT c.ref FROM contribution AS c
    WHERE c.indicator = :indicator AND c.day BETWEEN :from_day AND :to_day
    GROUP BY c.ref HAVING SUM(c.n) > 0) AS standing;

-- Every member of a set with the place it stands at, and whether it has what it should have. Both
-- are sets of refs: `members` up to a day, `having` on days.
-- name: coverage_members :many (members int, having int, from_day int, to_day int)
--   -> (id int, org int, has int)
SELECT m.ref AS id, m.org AS org, CASE WHEN h.ref IS NULL THEN 0 ELSE 1 END AS has
FROM (SELECT c.ref, c.org FROM contribution AS c
      WHERE c.indicator = :members AND c.day <= :to_day
      GROUP BY c.ref, c.org HAVING SUM(c.n) > 0) AS m
LEFT JOIN (SELECT c.ref FROM contribution AS c
           WHERE c.indicator = :having AND c.day BETWEEN :from_day AND :to_day
           GROUP BY c.ref HAVING SUM(c.n) > 0) AS h ON h.ref = m.ref
ORDER BY m.ref;
