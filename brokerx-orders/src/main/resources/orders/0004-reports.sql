-- How far each client's event log has been gathered into confirmation mails.
CREATE TABLE client_reports (
  client_id         uuid PRIMARY KEY,
  reported_sequence bigint NOT NULL
) WITH (fillfactor = 70);
