package com.brokerx.portfolios.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * What the ledger should say, recomputed. Each query gives the differences in words, a thousand at most. {@code above} and {@code upTo}
 * are numbers of entries: what concerns only older ones was looked at before, what concerns only newer ones will be. Lines of one
 * journal may lie on both sides of them, but never further apart than the twenty thousand numbers by which the queries look beyond, at least.
 */
@RegisterConstructorMapper(CheckStore.Head.class)
interface CheckStore {

    /** The end of the chain. */
    record Head(long lastEntry, byte[] hash) {}

    @SqlQuery("SELECT last_entry, hash FROM seals WHERE last_entry <= :upTo ORDER BY last_entry DESC LIMIT 1")
    Optional<Head> head(@Bind("upTo") long upTo);

    /** The end of the first seal behind this entry. */
    @SqlQuery("SELECT last_entry FROM seals WHERE last_entry > :entry ORDER BY last_entry LIMIT 1")
    Optional<Long> sealedBehind(@Bind("entry") long entry);

    /** Seals whose entries do not give their hash any more, or that do not follow from the one before. */
    @SqlQuery("""
            SELECT 'seal ' || s.id || ' over entries ' || coalesce(p.last_entry, 0) + 1 || ' to ' || s.last_entry
                   || ' is broken'
            FROM seals s
            LEFT JOIN LATERAL (SELECT last_entry, hash FROM seals p WHERE p.id < s.id ORDER BY p.id DESC LIMIT 1) p
                   ON true
            WHERE s.last_entry > :above AND s.last_entry <= :upTo
              AND (s.previous_hash <> coalesce(p.hash, ''::bytea)
                   OR s.hash IS DISTINCT FROM seal_hash(s.previous_hash, coalesce(p.last_entry, 0), s.last_entry)
                   OR s.entries <> (SELECT count(*) FROM entries e
                                    WHERE e.id > coalesce(p.last_entry, 0) AND e.id <= s.last_entry))
            ORDER BY s.id LIMIT 1000""")
    List<String> brokenSeals(@Bind("above") long above, @Bind("upTo") long upTo);

    @SqlQuery("""
            SELECT 'journal ' || journal_id || ' is off by ' || sum(available_delta + held_delta) || ' ' || asset
            FROM entries WHERE id > :above - 20000 AND id <= :upTo + 20000
            GROUP BY journal_id, asset
            HAVING sum(available_delta + held_delta) <> 0 AND max(id) > :above AND min(id) <= :upTo
            ORDER BY journal_id LIMIT 1000""")
    List<String> unbalancedJournals(@Bind("above") long above, @Bind("upTo") long upTo);

    /** Entries whose balances do not follow from the entry before them. */
    @SqlQuery("""
            SELECT 'entry ' || id || ' of account ' || account_id || ' does not follow from the one before it'
            FROM (SELECT e.id, e.account_id, e.available_delta, e.held_delta, e.available_after, e.held_after,
                         row_number() OVER w AS number,
                         lag(e.available_after) OVER w AS available_before, lag(e.held_after) OVER w AS held_before
                  FROM entries e JOIN accounts a ON a.id = e.account_id AND a.house IS NULL
                  WHERE e.id > :above - 20000 AND e.id <= :upTo
                  WINDOW w AS (PARTITION BY e.account_id ORDER BY e.id)) run
            WHERE (number > 1 OR :above = 0)
              AND (available_after IS DISTINCT FROM coalesce(available_before, 0) + available_delta
                   OR held_after IS DISTINCT FROM coalesce(held_before, 0) + held_delta)
            ORDER BY id LIMIT 1000""")
    List<String> brokenRuns(@Bind("above") long above, @Bind("upTo") long upTo);

    /** Accounts that differ from their last entry. */
    @SqlQuery("""
            SELECT 'account ' || a.id || ' has ' || a.available || ' and ' || a.held || ' ' || a.asset
                   || ', its entries say ' || coalesce(last.available_after, 0) || ' and '
                   || coalesce(last.held_after, 0)
            FROM accounts a
            LEFT JOIN LATERAL (SELECT e.available_after, e.held_after FROM entries e WHERE e.account_id = a.id
                               ORDER BY e.created_at DESC, e.id DESC LIMIT 1) last ON true
            WHERE a.house IS NULL AND a.updated_at >= :since
              AND (a.available, a.held) IS DISTINCT FROM
                  (coalesce(last.available_after, 0), coalesce(last.held_after, 0))
            ORDER BY a.id LIMIT 1000""")
    List<String> wrongBalances(@Bind("since") Instant since);

    /** Accounts that hold something else than their open orders and pending withdrawals need. */
    @SqlQuery("""
            SELECT 'account ' || coalesce(a.id, n.account_id) || ' holds ' || coalesce(a.held, 0) || ' '
                   || coalesce(a.asset, '') || ', needed are ' || coalesce(n.amount, 0)
            FROM (SELECT id, asset, held FROM accounts WHERE held > 0) a
            FULL JOIN (SELECT account_id, sum(amount) AS amount
                       FROM (SELECT account_id, authorized - settled AS amount
                             FROM reservations WHERE ended_at IS NULL
                             UNION ALL
                             SELECT account_id, amount
                             FROM payments WHERE status = 'pending' AND kind = 'withdrawal') needs
                       GROUP BY account_id HAVING sum(amount) <> 0) n ON n.account_id = a.id
            WHERE coalesce(a.held, 0) <> coalesce(n.amount, 0)
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongHolds();

    /** Decided payments that moved something else than they say. */
    @SqlQuery("""
            SELECT p.kind || ' ' || p.id || ' is ' || p.status || ' over ' || p.amount || ', its entry says '
                   || coalesce(booked.amount, 0)
            FROM payments p
            LEFT JOIN LATERAL (SELECT sum(e.available_delta + e.held_delta) AS amount FROM entries e
                               WHERE e.account_id = p.account_id AND e.created_at = p.processed_at
                                 AND e.reference = p.id AND e.type IN ('deposit', 'withdrawal')) booked ON true
            WHERE p.processed_at >= :since
              AND coalesce(booked.amount, 0) <> CASE WHEN p.status <> 'completed' THEN 0
                                                     WHEN p.kind = 'deposit' THEN p.amount ELSE -p.amount END
            ORDER BY p.id LIMIT 1000""")
    List<String> wrongPayments(@Bind("since") Instant since);

    /** Trades whose entries move something else than the trade says, or that were never settled. */
    @SqlQuery("""
            SELECT 'trade ' || t.reference || ' does not agree with its entries'
            FROM (SELECT e.reference,
                         -sum(available_delta + held_delta) FILTER (WHERE type = 'buy' AND kind = 'currency') AS paid,
                         sum(available_delta + held_delta) FILTER (WHERE type = 'sell' AND kind = 'currency') AS got,
                         sum(available_delta + held_delta) FILTER (WHERE type = 'buy' AND kind = 'security') AS bought,
                         -sum(available_delta + held_delta) FILTER (WHERE type = 'sell' AND kind = 'security') AS sold
                  FROM entries e JOIN assets k ON k.code = e.asset
                  WHERE e.id > :above - 20000 AND e.id <= :upTo + 20000 AND e.type IN ('buy', 'sell')
                  GROUP BY e.reference HAVING max(e.id) > :above AND min(e.id) <= :upTo) t
            LEFT JOIN settlements s ON s.trade_id = t.reference
            WHERE (s.total, s.total, s.quantity, s.quantity)
                  IS DISTINCT FROM (coalesce(t.paid, 0), coalesce(t.got, 0), t.bought, t.sold)
            ORDER BY 1 LIMIT 1000""")
    List<String> wrongTrades(@Bind("above") long above, @Bind("upTo") long upTo);

    /**
     * Trades that were settled between the times of these entries and have none. Nearly all are found among the entries at hand and those
     * shortly before; the account's own history is read for the rest, one by one: joined with all of them, the planner may read the
     * whole ledger.
     */
    @SqlQuery("""
            WITH unmatched AS MATERIALIZED (
              SELECT s.trade_id, s.sell_order_id, s.settled_at
              FROM settlements s
              WHERE s.settled_at >= coalesce((SELECT created_at FROM entries WHERE id <= :above ORDER BY id DESC LIMIT 1)
                                             - interval '15 seconds', '-infinity')
                AND s.settled_at <= coalesce((SELECT created_at FROM entries WHERE id > :upTo ORDER BY id LIMIT 1), 'infinity')
                AND NOT EXISTS (SELECT FROM entries e
                                WHERE e.id > :above - 200000 AND e.id <= :upTo + 20000
                                  AND e.type = 'sell' AND e.reference = s.trade_id))
            SELECT 'trade ' || u.trade_id || ' has no entries'
            FROM unmatched u
            LEFT JOIN LATERAL (SELECT r.account_id FROM reservations r WHERE r.order_id = u.sell_order_id LIMIT 1) r ON true
            LEFT JOIN LATERAL (SELECT e.id FROM entries e
                               WHERE e.account_id = r.account_id AND e.reference = u.trade_id
                                 AND e.created_at BETWEEN u.settled_at AND u.settled_at + interval '1 day'
                               ORDER BY e.created_at LIMIT 1) e ON true
            WHERE e.id IS NULL
            ORDER BY u.trade_id LIMIT 1000""")
    List<String> missingTrades(@Bind("above") long above, @Bind("upTo") long upTo);

    /** Reservations that have spent something else than the trades of their orders cost. Reads all settlements. */
    @SqlQuery("""
            SELECT 'order ' || r.order_id || ' has spent ' || r.settled || ' ' || r.asset || ', its trades cost '
                   || coalesce(t.spent, 0)
            FROM reservations r
            LEFT JOIN (SELECT order_id, sum(spent) AS spent
                       FROM (SELECT buy_order_id AS order_id, total + buy_fee AS spent FROM settlements
                             UNION ALL
                             SELECT sell_order_id, quantity FROM settlements) legs
                       GROUP BY order_id) t ON t.order_id = r.order_id
            WHERE r.settled <> coalesce(t.spent, 0)
            ORDER BY r.order_id LIMIT 1000""")
    List<String> wrongReservations();
}
