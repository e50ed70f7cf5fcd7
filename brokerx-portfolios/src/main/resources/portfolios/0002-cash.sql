-- Money on its way in or out, as a payment provider sees it.
CREATE TABLE payments (
  id                 uuid PRIMARY KEY,
  kind               text NOT NULL CHECK (kind IN ('deposit', 'withdrawal')),
  client_id          uuid NOT NULL,
  portfolio_id       uuid NOT NULL REFERENCES portfolios,
  account_id         bigint NOT NULL REFERENCES accounts,
  amount             bigint NOT NULL CHECK (amount > 0),
  currency           text NOT NULL REFERENCES assets,
  status             text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed', 'failed')),
  failure            text,
  provider_reference text,
  idempotency_key    text,
  created_at         timestamptz NOT NULL,
  -- When it was decided; a completed one's entry has the same time.
  processed_at       timestamptz,
  -- When the provider was last asked.
  asked_at           timestamptz NOT NULL,
  CHECK ((status = 'pending') = (processed_at IS NULL))
);
CREATE INDEX payments_client ON payments (client_id, kind, id);
CREATE INDEX payments_pending ON payments (asked_at) WHERE status = 'pending';
CREATE UNIQUE INDEX payments_key ON payments (client_id, kind, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- A payment is decided once.
CREATE TRIGGER payments_decided_once BEFORE UPDATE ON payments
  FOR EACH ROW WHEN (OLD.status <> 'pending') EXECUTE FUNCTION refuse_ended();
CREATE TRIGGER payments_stay BEFORE DELETE OR TRUNCATE ON payments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Corrections and transfers by the back office.
CREATE TABLE journals (
  id         uuid PRIMARY KEY,
  client_id  uuid NOT NULL,
  account_id bigint NOT NULL REFERENCES accounts,
  asset      text NOT NULL REFERENCES assets,
  amount     bigint NOT NULL CHECK (amount <> 0),
  reason     text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TRIGGER journals_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON journals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
