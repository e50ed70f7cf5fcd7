package com.brokerx.orders.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;

/** What has to be true of the tables however they came about. */
public final class TableAudit {

    private final Jdbi jdbi;

    public TableAudit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** After everything that was open was cancelled. */
    public void requireThatAllIsDoneAndAddsUp() {
        assertThat(count("orders WHERE status NOT IN ('filled', 'cancelled', 'expired', 'rejected')"))
                .isZero();
        assertThat(count("open_orders")).isZero();
        assertThat(count("hold_changes")).isZero();
        assertThat(count("client_logs WHERE open_orders <> 0")).isZero();
        // What an order has filled is the sum of its executions, and every trade has one of each side.
        assertThat(count("""
                orders o WHERE filled <> (SELECT coalesce(sum(last_quantity), 0) FROM executions e
                                          WHERE e.order_id = o.id)""")).isZero();
        assertThat(count("""
                trades t WHERE 2 <> (SELECT count(*) FROM executions e
                                     WHERE e.trade_id = t.id AND e.order_id IN (t.buy_order_id, t.sell_order_id))""")).isZero();
        assertThat(count("""
                executions e WHERE trade_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM trades t WHERE t.id = e.trade_id)""")).isZero();
        assertThat(count("""
                orders o JOIN LATERAL (SELECT * FROM executions e WHERE e.order_id = o.id
                                       ORDER BY client_sequence DESC LIMIT 1) last ON true
                WHERE (o.status, o.filled, o.lock_version, o.quantity, o.limit_ticks, o.stop_ticks)
                      <> (last.status, last.filled, last.lock_version, last.quantity, last.limit_ticks, last.stop_ticks)""")).isZero();
        // Logs and trades are numbered from 1 without a gap.
        assertThat(count("""
                (SELECT client_sequence - row_number() OVER (PARTITION BY client_id ORDER BY client_sequence) AS gap
                 FROM executions) log WHERE gap <> 0""")).isZero();
        assertThat(count("""
                (SELECT sequence - row_number() OVER (PARTITION BY symbol ORDER BY sequence) AS gap
                 FROM trades) tape WHERE gap <> 0""")).isZero();
    }

    /** How many rows there are of what stands behind FROM. */
    public long count(String from) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                .mapTo(Long.class)
                .one());
    }
}
