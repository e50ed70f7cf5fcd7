-- Who may change the book of a symbol. Each change of hands raises the epoch; a writer's transaction locks the row and checks the
-- epoch, so that one who lost its turn cannot commit.
CREATE TABLE book_leases (
  symbol       text PRIMARY KEY,
  -- One process, not one machine: a name that no other process ever has.
  owner        text NOT NULL,
  owner_url    text NOT NULL,
  epoch        bigint NOT NULL,
  expires_at   timestamptz NOT NULL,
  -- No order of the symbol with an id made before this time waits for its funds any more.
  recovered_to timestamptz NOT NULL
) WITH (fillfactor = 40);

-- Replacements under way: what the order's hold is to become. One row at most for an order, so one replacement at a time.
CREATE TABLE hold_changes (
  order_id   uuid PRIMARY KEY,
  id         uuid NOT NULL,
  symbol     text NOT NULL,
  -- 'raising': the book has not decided yet, the hold may already be at this version and amount.
  -- 'setting': the book has decided; the hold has to be set to this version and amount.
  stage      text NOT NULL CHECK (stage IN ('raising', 'setting')),
  version    integer NOT NULL,
  authorized bigint NOT NULL,
  created_at timestamptz NOT NULL
);
