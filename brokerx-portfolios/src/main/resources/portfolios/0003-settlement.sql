-- Every trade that was settled; that a trade is here is what keeps it from being settled again.
CREATE TABLE settlements (
  trade_id      uuid PRIMARY KEY,
  symbol        text NOT NULL,
  sequence      bigint NOT NULL,
  price         numeric NOT NULL,
  quantity      bigint NOT NULL,
  total         bigint NOT NULL,
  currency      text NOT NULL,
  buy_order_id  uuid NOT NULL,
  sell_order_id uuid NOT NULL,
  buy_fee       bigint NOT NULL,
  sell_fee      bigint NOT NULL,
  executed_at   timestamptz NOT NULL,
  settled_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX settlements_settled ON settlements USING brin (settled_at);
CREATE TRIGGER settlements_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON settlements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a share was last worth, as far as trades were settled.
CREATE TABLE prices (
  symbol      text PRIMARY KEY,
  price       numeric NOT NULL,
  currency    text NOT NULL,
  sequence    bigint NOT NULL,
  executed_at timestamptz NOT NULL
) WITH (fillfactor = 50);
