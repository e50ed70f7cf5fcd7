-- The check of the books looks for the latest settlements several times a minute, and would read all of them since the last vacuum.
ALTER INDEX settlements_settled SET (autosummarize = on);
