-- What symbols traded at, by intervals: each trade is in a bar of every length. Filled from the trades, off the writers' way
-- (docs/decisions/0015-bars.md).
CREATE TABLE bars (
  symbol      text NOT NULL,
  length      text NOT NULL,
  start       timestamptz NOT NULL,
  open_ticks  bigint NOT NULL,
  high_ticks  bigint NOT NULL,
  low_ticks   bigint NOT NULL,
  close_ticks bigint NOT NULL,
  volume      bigint NOT NULL,
  trades      bigint NOT NULL,
  PRIMARY KEY (symbol, length, start)
) WITH (fillfactor = 80);

-- The last trade of each symbol that is in the bars.
CREATE TABLE bar_cursors (
  symbol   text PRIMARY KEY,
  sequence bigint NOT NULL
) WITH (fillfactor = 40);
INSERT INTO bar_cursors SELECT symbol, 0 FROM instruments;

CREATE FUNCTION bar_start(length text, at timestamptz, zone text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE length
    WHEN '1m' THEN date_bin('1 minute', at, '2000-01-01Z')
    WHEN '5m' THEN date_bin('5 minutes', at, '2000-01-01Z')
    WHEN '1h' THEN date_bin('1 hour', at, '2000-01-01Z')
    -- A calendar day where the market is.
    WHEN '1d' THEN date_trunc('day', at, zone)
  END
$$;
