-- Orders and what happened to them. Prices are in ticks, money in the currency's smallest unit (docs/decisions/0010-order-tables.md).

CREATE TYPE order_direction AS ENUM ('buy', 'sell');
CREATE TYPE order_type AS ENUM ('market', 'limit');
CREATE TYPE time_in_force AS ENUM ('DAY', 'GTC', 'GTD', 'IOC', 'FOK');
CREATE TYPE order_status AS ENUM
  ('pending_funds', 'new', 'working', 'partially_filled', 'filled', 'cancelled', 'expired', 'rejected');
CREATE TYPE report_type AS ENUM ('new', 'partial_fill', 'fill', 'replaced', 'cancelled', 'expired', 'rejected');

-- No column that changes in the ordinary life of an order is indexed, and a third of each page is kept free, so that its
-- updates stay inside their page and touch no index (HOT).
CREATE TABLE orders (
  id              uuid PRIMARY KEY,
  client_id       uuid NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  -- When what is left expires: the session's end for DAY.
  expires_at      timestamptz,
  -- The limit; of a market order its collar, 0 where it was refused before it had one.
  limit_ticks     bigint NOT NULL CHECK (limit_ticks >= 0),
  quantity        bigint NOT NULL CHECK (quantity > 0),
  filled          bigint NOT NULL DEFAULT 0 CHECK (filled BETWEEN 0 AND quantity),
  -- What was traded so far, without fees.
  notional        bigint NOT NULL DEFAULT 0 CHECK (notional >= 0),
  -- Part of a SHA-256 of the request; tells whether a key is used again for the same request.
  request_hash    bigint,
  -- The fee in millionths of what is traded, as it was when the order was placed.
  fee_ppm         integer NOT NULL CHECK (fee_ppm >= 0),
  -- Rises with every change that the client is told of.
  lock_version    integer NOT NULL,
  -- The version of the reservation in the portfolios service that these terms stand on.
  reserve_version integer NOT NULL,
  status          order_status NOT NULL,
  direction       order_direction NOT NULL,
  type            order_type NOT NULL,
  time_in_force   time_in_force NOT NULL,
  symbol          text NOT NULL,
  correlation_id  text NOT NULL,
  reject_code     text,
  client_order_id text,
  idempotency_key text
) WITH (fillfactor = 65);
CREATE INDEX orders_client ON orders (client_id, id);
-- An order that was refused because a service was down does not hold its keys: sent again, it is placed.
CREATE UNIQUE INDEX orders_client_order_id ON orders (client_id, client_order_id)
  WHERE client_order_id IS NOT NULL AND reject_code IS DISTINCT FROM 'service_unavailable';
CREATE UNIQUE INDEX orders_idempotency_key ON orders (client_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL AND reject_code IS DISTINCT FROM 'service_unavailable';

-- The orders that stand in a book now, and their places. A table of its own, since an index over the states of all orders would
-- have to be written at every change of one.
CREATE TABLE open_orders (
  client_id uuid NOT NULL,
  order_id  uuid NOT NULL,
  symbol    text NOT NULL,
  priority  bigint NOT NULL,
  PRIMARY KEY (client_id, order_id)
) WITH (fillfactor = 80);
CREATE INDEX open_orders_symbol ON open_orders (symbol);

-- One row a client: the number of the last entry of the client's event log, and how many orders stand in books.
CREATE TABLE client_logs (
  client_id     uuid PRIMARY KEY,
  last_sequence bigint NOT NULL,
  open_orders   integer NOT NULL
) WITH (fillfactor = 40);

-- Each client's event log, numbered without a gap: what happened, and how the order stood after it. Rows are only ever added.
CREATE TABLE executions (
  client_id       uuid NOT NULL,
  client_sequence bigint NOT NULL,
  id              uuid NOT NULL,
  order_id        uuid NOT NULL,
  trade_id        uuid,
  created_at      timestamptz NOT NULL,
  limit_ticks     bigint NOT NULL,
  quantity        bigint NOT NULL,
  filled          bigint NOT NULL,
  notional        bigint NOT NULL,
  -- Of this fill; null in other reports.
  last_quantity   bigint,
  last_ticks      bigint,
  fee             bigint,
  lock_version    integer NOT NULL,
  report_type     report_type NOT NULL,
  status          order_status NOT NULL,
  time_in_force   time_in_force NOT NULL,
  maker           boolean,
  reject_code     text,
  text            text,
  PRIMARY KEY (client_id, client_sequence)
);
CREATE INDEX executions_order ON executions (order_id);
CREATE INDEX executions_fills ON executions (client_id, client_sequence) WHERE trade_id IS NOT NULL;
-- Ids are made in the order of time, so the ranges of these small indexes hardly overlap.
CREATE INDEX executions_id ON executions USING brin (id) WITH (pages_per_range = 16, autosummarize = on);

CREATE TABLE trades (
  symbol         text NOT NULL,
  sequence       bigint NOT NULL,
  id             uuid NOT NULL,
  executed_at    timestamptz NOT NULL,
  price_ticks    bigint NOT NULL CHECK (price_ticks > 0),
  quantity       bigint NOT NULL CHECK (quantity > 0),
  buy_order_id   uuid NOT NULL,
  buy_client_id  uuid NOT NULL,
  buy_fee        bigint NOT NULL,
  sell_order_id  uuid NOT NULL,
  sell_client_id uuid NOT NULL,
  sell_fee       bigint NOT NULL,
  taker          order_direction NOT NULL,
  PRIMARY KEY (symbol, sequence)
);
CREATE INDEX trades_id ON trades USING brin (id) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX trades_executed_at ON trades USING brin (executed_at) WITH (pages_per_range = 16, autosummarize = on);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER executions_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON executions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trades_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON trades
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
