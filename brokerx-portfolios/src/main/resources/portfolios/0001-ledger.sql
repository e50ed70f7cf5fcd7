-- The ledger: who has what, and every movement that made it so. Amounts are whole numbers of an asset's smallest unit
-- (cents for USD, shares for a symbol); assets.scale says how many decimals that is.

CREATE TABLE assets (
  code       text PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('currency', 'security')),
  scale      smallint NOT NULL CHECK (scale BETWEEN 0 AND 8),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Units of an asset as the decimal that people read.
CREATE FUNCTION decimal_amount(units numeric, scale smallint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT round(units / (10::numeric ^ scale), scale)
$$;

CREATE TABLE portfolios (
  id         uuid PRIMARY KEY,
  client_id  uuid NOT NULL,
  name       text NOT NULL,
  currency   text NOT NULL REFERENCES assets,
  status     text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
  is_default boolean NOT NULL DEFAULT false,
  -- The client's orders in this currency are paid from and settled into this portfolio: the first one of the currency.
  trading    boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX portfolios_default ON portfolios (client_id) WHERE is_default;
CREATE UNIQUE INDEX portfolios_trading ON portfolios (client_id, currency) WHERE trading;
CREATE INDEX portfolios_client ON portfolios (client_id, id);

-- One row for each asset of a portfolio, and for each part that the house plays. A house account has no balance of its own here:
-- everybody's deposits and fees would queue for its row. Its balance is the sum of its entries.
CREATE TABLE accounts (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  house        text CHECK (house IN ('payments', 'fees', 'back_office')),
  portfolio_id uuid REFERENCES portfolios,
  client_id    uuid,
  asset        text NOT NULL REFERENCES assets,
  trading      boolean NOT NULL DEFAULT false,
  -- Nothing new may be reserved: the client closed the account. What is under way still settles.
  frozen       boolean NOT NULL DEFAULT false,
  available    bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
  held         bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  -- Of shares: what the present ones cost, and what the sold ones brought, in units of the portfolio's currency.
  cost         bigint NOT NULL DEFAULT 0 CHECK (cost >= 0),
  realized_pnl bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CHECK ((house IS NULL) = (portfolio_id IS NOT NULL)),
  CHECK ((house IS NULL) = (client_id IS NOT NULL)),
  CHECK (house IS NULL OR (available = 0 AND held = 0))
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX accounts_portfolio_asset ON accounts (portfolio_id, asset) WHERE portfolio_id IS NOT NULL;
CREATE UNIQUE INDEX accounts_trading ON accounts (client_id, asset) WHERE trading;
CREATE UNIQUE INDEX accounts_house ON accounts (house, asset) WHERE house IS NOT NULL;

INSERT INTO assets (code, kind, scale)
VALUES ('USD', 'currency', 2), ('CAD', 'currency', 2), ('EUR', 'currency', 2), ('GBP', 'currency', 2),
       ('CHF', 'currency', 2), ('AUD', 'currency', 2), ('JPY', 'currency', 0);
INSERT INTO accounts (house, asset)
SELECT house, code FROM assets, unnest(ARRAY['payments', 'fees', 'back_office']) AS house ORDER BY code, house;

CREATE TYPE entry_type AS ENUM ('deposit', 'withdrawal', 'reserve', 'release', 'buy', 'sell', 'fee', 'journal');

-- Every movement, one row for each account that it touches; rows are only ever added. The lines of one journal add up to zero for
-- each asset. *_after are the account's balances after the line, null for house accounts.
CREATE TABLE entries (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journal_id      bigint NOT NULL,
  account_id      bigint NOT NULL,
  available_delta bigint NOT NULL,
  held_delta      bigint NOT NULL,
  available_after bigint,
  held_after      bigint,
  created_at      timestamptz NOT NULL,
  -- The deposit, withdrawal, order, trade or back-office journal behind it.
  reference       uuid NOT NULL,
  type            entry_type NOT NULL,
  asset           text NOT NULL
);
-- The statement of an account and its balance at any time. Within an account created_at never runs backwards.
CREATE INDEX entries_account ON entries (account_id, created_at);

-- Each process takes a thousand numbers at once.
CREATE SEQUENCE journal_ids INCREMENT BY 1000;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Checks what one statement added, as a whole, so that the cost does not grow with the number of rows: every journal is balanced,
-- every line belongs to an account of its asset, and the last line of each account agrees with the account's balances.
CREATE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added GROUP BY journal_id, asset HAVING sum(available_delta + held_delta) <> 0) THEN
    RAISE EXCEPTION 'a journal is not balanced' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT ON (account_id) account_id, asset, available_after, held_after
                 FROM added ORDER BY account_id, id DESC) AS last
    LEFT JOIN accounts a ON a.id = last.account_id AND a.asset = last.asset
    WHERE a.id IS NULL
       OR (a.house IS NULL AND (a.available, a.held) IS DISTINCT FROM (last.available_after, last.held_after))
       OR (a.house IS NOT NULL AND (last.available_after IS NOT NULL OR last.held_after IS NOT NULL))
  ) THEN
    RAISE EXCEPTION 'entries do not agree with their accounts' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER entries_balanced AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_entries();

-- What an order may spend. held = authorized - settled stands in accounts.held.
CREATE TABLE reservations (
  order_id   uuid PRIMARY KEY,
  client_id  uuid NOT NULL,
  -- Null where the order was closed before anything was reserved.
  account_id bigint,
  asset      text NOT NULL,
  version    integer NOT NULL,
  authorized bigint NOT NULL,
  settled    bigint NOT NULL,
  closed     boolean NOT NULL DEFAULT false,
  -- What POST /internal/release set free, for its replay.
  released   bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Closed, and every trade of the order is settled.
  ended_at   timestamptz,
  CHECK (settled >= 0 AND authorized >= settled),
  CHECK (ended_at IS NULL OR (closed AND authorized = settled))
) WITH (fillfactor = 80);
-- Few at any time, however many orders there have been.
CREATE INDEX reservations_open ON reservations (order_id) WHERE ended_at IS NULL;

CREATE FUNCTION refuse_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % that has ended never changes again', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION refuse_ended();
CREATE TRIGGER reservations_stay BEFORE DELETE OR TRUNCATE ON reservations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
