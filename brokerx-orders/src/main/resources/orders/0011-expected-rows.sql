-- Ends the transaction unless a statement has changed as many rows as whoever sent it took for granted, so that the statements
-- after it, the commit among them, can be on their way already.
CREATE FUNCTION expect_rows(changed bigint, expected bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF changed <> expected THEN
    RAISE EXCEPTION '% of % rows were changed by somebody else', expected - changed, expected
      USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN changed;
END $$;
