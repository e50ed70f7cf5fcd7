-- Stop orders, orders that never take, and orders that are good till a date.
ALTER TYPE order_type ADD VALUE 'stop';
ALTER TYPE order_type ADD VALUE 'stop_limit';
ALTER TYPE report_type ADD VALUE 'triggered';

-- The trade price that wakes a stop order; 0 for all others.
ALTER TABLE orders ADD COLUMN stop_ticks bigint NOT NULL DEFAULT 0 CHECK (stop_ticks >= 0);
-- When that happened. Until then a stop order waits in its book.
ALTER TABLE orders ADD COLUMN triggered_at timestamptz;
ALTER TABLE orders ADD COLUMN post_only boolean NOT NULL DEFAULT false;

ALTER TABLE executions ADD COLUMN stop_ticks bigint NOT NULL DEFAULT 0;
ALTER TABLE executions ADD COLUMN expires_at timestamptz;
