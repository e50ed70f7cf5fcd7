-- A limit order that turns into a market order when a trade reaches its stop price (docs/decisions/0019-oco.md).
ALTER TYPE order_type ADD VALUE 'oco';
