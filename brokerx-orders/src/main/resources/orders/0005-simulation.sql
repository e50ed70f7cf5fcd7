-- Which instance runs the simulated market, where there is one: a single row, taken over like the lease on a book.
CREATE TABLE simulation_lease (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- One process; a name that no other process ever has.
  owner      text NOT NULL,
  epoch      bigint NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 40);
INSERT INTO simulation_lease (owner, epoch, expires_at) VALUES ('', 0, '-infinity');
