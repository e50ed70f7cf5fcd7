package com.brokerx.local.bench;

/**
 * The statements by which {@link History} fills the databases. Orders are made from their numbers alone, so both databases get the same
 * ones. They are stored in the order of their time, as they would have been: indexes over ranges of ids depend on it.
 */
final class HistorySql {

    static final String TABLE = """
            CREATE TEMP TABLE earlier (
              turn bigint, number bigint, id uuid, client_id uuid, symbol text, buy boolean, quantity bigint,
              created_at timestamptz)""";

    /**
     * Of the oldest order its milliseconds, the milliseconds until now, how many orders in all, clients, symbols, from which number,
     * below which. The clients take turns.
     */
    static final String NUMBER = """
            INSERT INTO earlier
            WITH asked AS (SELECT ?::bigint AS oldest, ?::bigint AS span, ?::bigint AS orders, ?::uuid[] AS clients,
                                  ?::text[] AS symbols),
            made AS (
              SELECT number, clients, symbols, oldest + span * number / orders AS millis, md5(number::text) AS chance
              FROM asked, generate_series(?::bigint, ?::bigint - 1) AS number)
            SELECT number / cardinality(clients), number,
                   (lpad(to_hex(millis), 12, '0') || '7' || left(chance, 3) || '8' || right(chance, 15))::uuid,
                   clients[1 + number % cardinality(clients)],
                   symbols[1 + number / cardinality(clients) % cardinality(symbols)],
                   chance < '8', 1 + number % 100, to_timestamp(millis / 1000.0)
            FROM made""";

    /** Cancelled a minute after they came, and never traded. */
    static final String ORDERS = """
            INSERT INTO orders (id, client_id, created_at, updated_at, expires_at, limit_ticks, quantity, fee_ppm,
                                lock_version, reserve_version, status, direction, type, time_in_force, symbol,
                                correlation_id)
            SELECT e.id, e.client_id, e.created_at, e.created_at + interval '1 minute', e.created_at + interval '8 hours',
                   (i.reference_price / i.tick_size)::bigint + CASE WHEN e.buy THEN -1 ELSE 1 END, e.quantity, 0, 3, 1,
                   'cancelled', CASE WHEN e.buy THEN 'buy' ELSE 'sell' END::order_direction, 'limit', 'DAY', e.symbol,
                   e.id::text
            FROM earlier e JOIN instruments i USING (symbol)""";

    /** Both entries of each order's life. The logs are locked and their numbers taken as the service does it. */
    static final String EXECUTIONS = """
            WITH first AS (SELECT min(turn) AS turn, 2 * (max(turn) - min(turn) + 1) AS entries FROM earlier),
            taken AS (
              INSERT INTO client_logs AS log (client_id, last_sequence, open_orders)
              SELECT DISTINCT client_id, first.entries, 0 FROM earlier, first ORDER BY client_id
              ON CONFLICT (client_id) DO UPDATE SET last_sequence = log.last_sequence + excluded.last_sequence
              RETURNING client_id, last_sequence)
            INSERT INTO executions (client_id, client_sequence, id, order_id, created_at, limit_ticks, quantity, expires_at,
                                    filled, notional, lock_version, report_type, status, time_in_force, text)
            SELECT e.client_id, t.last_sequence - first.entries + 2 * (e.turn - first.turn) + step.number,
                   (left(e.id::text, 19) || step.variant || substr(e.id::text, 21))::uuid, e.id,
                   e.created_at + step.after, (i.reference_price / i.tick_size)::bigint + CASE WHEN e.buy THEN -1 ELSE 1 END,
                   e.quantity, e.created_at + interval '8 hours', 0, 0, step.lock_version, step.type, step.status, 'DAY',
                   step.text
            FROM earlier e
            JOIN first ON true
            JOIN taken t USING (client_id)
            JOIN instruments i USING (symbol)
            CROSS JOIN LATERAL (VALUES
              (1, '9', interval '0', 2, 'new'::report_type, 'working'::order_status,
               null),
              (2, 'a', interval '1 minute', 3, 'cancelled', 'cancelled', 'cancelled on request'))
              AS step (number, variant, after, lock_version, type, status, text)""";

    /** The clients were told long ago. */
    static final String REPORTED = """
            INSERT INTO client_reports (client_id, reported_sequence)
            SELECT client_id, last_sequence FROM client_logs WHERE client_id IN (SELECT client_id FROM earlier)
            ON CONFLICT (client_id) DO UPDATE SET reported_sequence = excluded.reported_sequence""";

    /** What the orders held, all of it given back. */
    static final String RESERVATIONS = """
            INSERT INTO reservations (order_id, client_id, account_id, asset, version, authorized, settled, closed,
                                      created_at, ended_at)
            SELECT e.id, e.client_id, a.id, a.asset, 1, 0, 0, true, e.created_at, e.created_at + interval '1 minute'
            FROM earlier e
            JOIN accounts a ON a.client_id = e.client_id AND a.asset = CASE WHEN e.buy THEN 'USD' ELSE e.symbol END
                           AND a.trading""";

    /**
     * For a client, so many entries that reserve a dollar and release it in turn, spread over the time since the account last
     * changed.
     */
    static final String ENTRIES = """
            WITH asked AS (SELECT ?::uuid AS client_id, ?::bigint AS entries),
            account AS (
              SELECT id, asset, available, held, updated_at AS began, clock_timestamp() AS ended
              FROM accounts WHERE client_id = (SELECT client_id FROM asked) AND asset = 'USD' AND trading
              FOR NO KEY UPDATE),
            changed AS (UPDATE accounts a SET updated_at = account.ended FROM account WHERE a.id = account.id),
            blocks AS MATERIALIZED (
              SELECT row_number() OVER () - 1 AS number, first
              FROM (SELECT nextval('journal_ids') AS first
                    FROM asked, generate_series(0, (asked.entries - 1) / 1000)) AS taken)
            INSERT INTO entries (journal_id, account_id, asset, type, available_delta, held_delta, available_after,
                                 held_after, reference, created_at)
            SELECT blocks.first + n % 1000, account.id, account.asset, side.type::entry_type, -side.units, side.units,
                   account.available - side.holding, account.held + side.holding, gen_random_uuid(),
                   account.began + (account.ended - account.began) * ((n + 1)::float8 / asked.entries)
            FROM asked, account, generate_series(0, asked.entries - 1) AS n
            JOIN blocks ON blocks.number = n / 1000
            JOIN (VALUES (0, 'reserve', 100, 100), (1, 'release', -100, 0)) AS side (turn, type, units, holding)
              ON side.turn = n % 2
            ORDER BY n""";

    private HistorySql() {}
}
