-- What can be traded. Rows come from the configuration when a service starts (existing ones stay as they are).
CREATE TABLE instruments (
  symbol             text PRIMARY KEY,
  name               text NOT NULL,
  currency           text NOT NULL,
  -- A whole number of the currency's smallest unit. Prices of orders and trades are stored in ticks: never change it.
  tick_size          numeric NOT NULL CHECK (tick_size > 0),
  lot_size           bigint NOT NULL CHECK (lot_size > 0),
  reference_price    numeric NOT NULL CHECK (reference_price > 0),
  price_band_percent numeric NOT NULL CHECK (price_band_percent > 0),
  status             text NOT NULL DEFAULT 'trading' CHECK (status IN ('trading', 'halted', 'cancel_only')),
  -- Whether the simulated market quotes it, where that is switched on.
  simulated          boolean NOT NULL
);
