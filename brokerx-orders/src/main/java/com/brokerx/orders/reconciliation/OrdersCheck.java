package com.brokerx.orders.reconciliation;

import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Compares orders, trades, reports and books with each other, in one snapshot, so that trading goes on meanwhile and nothing under way
 * looks wrong.
 */
final class OrdersCheck {

    private final Jdbi jdbi;
    private final Instruments instruments;

    OrdersCheck(Jdbi jdbi, Instruments instruments) {
        this.jdbi = jdbi;
        this.instruments = instruments;
    }

    Report run() {
        Collection<Instrument> all = instruments.all();
        String[] symbols = all.stream().map(Instrument::symbol).toArray(String[]::new);
        long[] units = all.stream().mapToLong(Instrument::tickUnits).toArray();
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            tx.execute("SET TRANSACTION READ ONLY");
            readWholeTables(tx);
            CheckStore store = tx.attach(CheckStore.class);
            List<Finding> findings = List.of(
                    Finding.of("fills", store.wrongFills(symbols, units)),
                    Finding.of("reports", store.wrongReports()),
                    Finding.of("trade_numbers", store.gaps()),
                    Finding.of("books", store.wrongBooks()),
                    Finding.of("logs", store.wrongLogs()));
            Instant now = tx.createQuery("SELECT now()").mapTo(Instant.class).one();
            return Report.of(findings, null, now);
        });
    }

    /** The service's sessions are made for looking up single rows. */
    static void readWholeTables(Handle tx) {
        tx.execute("SET LOCAL max_parallel_workers_per_gather = 0"); // those who trade come first
        tx.execute("SET LOCAL enable_seqscan = on");
        tx.execute("SET LOCAL enable_hashjoin = on");
        tx.execute("SET LOCAL enable_mergejoin = on");
    }
}
