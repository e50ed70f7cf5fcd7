-- The chain over the entries: each seal carries a hash of all that came before it, so that a row changed by hand, left out or slipped in
-- is found. Sealing happens shortly after commit; what adds entries pays nothing for it.
CREATE TABLE seals (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- It covers the entries above the previous seal's last one, up to this one.
  last_entry    bigint NOT NULL,
  entries       bigint NOT NULL,
  previous_hash bytea NOT NULL,
  hash          bytea NOT NULL,
  sealed_at     timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX seals_last_entry ON seals (last_entry);
CREATE TRIGGER seals_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An entry as it goes into the hash. Never changes: it would make every seal look broken.
CREATE FUNCTION entry_text(e entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws('|', e.id, e.journal_id, e.account_id, e.asset, e.type, e.available_delta, e.held_delta,
                   coalesce(e.available_after::text, '-'), coalesce(e.held_after::text, '-'), e.reference,
                   (extract(epoch FROM e.created_at) * 1000000)::bigint)
$$;

-- The hash of a seal: SHA-256 over the previous hash and the text of the entries, one a line.
CREATE FUNCTION seal_hash(previous_hash bytea, above bigint, upto bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(previous_hash || convert_to(string_agg(entry_text(e), E'\n' ORDER BY e.id), 'UTF8'))
  FROM entries e WHERE e.id > above AND e.id <= upto
$$;
