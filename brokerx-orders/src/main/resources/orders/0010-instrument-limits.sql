-- What one order and one client may be up to in an instrument. Null where no more than the service's own limits holds.
ALTER TABLE instruments
  ADD COLUMN maximum_notional numeric CHECK (maximum_notional > 0),
  ADD COLUMN maximum_open_orders integer CHECK (maximum_open_orders > 0);
