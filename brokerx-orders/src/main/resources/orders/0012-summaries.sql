-- Whoever fills a range of pages asks autovacuum to summarize it. It comes once a minute and finds 256 requests at most; ranges beyond them are
-- read by every search until the table is vacuumed. With 16 pages a range, a thousand orders a second fill some 300 of them a minute.
DROP INDEX executions_id;
CREATE INDEX executions_id ON executions USING brin (id) WITH (pages_per_range = 128, autosummarize = on);
DROP INDEX trades_id;
CREATE INDEX trades_id ON trades USING brin (id) WITH (pages_per_range = 128, autosummarize = on);
-- Bars are looked for by the trade's number; nobody looks by time.
DROP INDEX trades_executed_at;
