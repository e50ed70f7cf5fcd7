-- Connections of the live stream whose clients want their orders cancelled when they are lost. A row outlives the instance that
-- had the connection: whoever finds it overdue does what it says (docs/decisions/0016-stream.md). Only the database's clock counts.
CREATE TABLE disconnect_guards (
  id        uuid PRIMARY KEY,
  client_id uuid NOT NULL,
  -- Only orders of this symbol; '' for all.
  symbol    text NOT NULL,
  -- Moved on as long as the connection is heard of; once it has fired, when to try what could not be cancelled again.
  due_at    timestamptz NOT NULL,
  -- When it was found overdue. Orders that were placed later are none of its business.
  fired_at  timestamptz
) WITH (fillfactor = 40);
CREATE INDEX disconnect_guards_due ON disconnect_guards (due_at);
CREATE INDEX disconnect_guards_client ON disconnect_guards (client_id);
