package com.brokerx.portfolios.ledger;

import com.brokerx.commons.json.Times;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Recomputes what the ledger says from what it is made of, and reports every difference. Everything is read in one snapshot, so that
 * trading goes on meanwhile and nothing under way looks wrong.
 */
public final class LedgerCheck {

    private static final Report.Chain NOT_SEALED = new Report.Chain(0, "");

    private final Jdbi jdbi;

    public LedgerCheck(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Everything, from the first entry on; its time grows with the ledger. */
    public Report full() {
        return since(0, Instant.EPOCH);
    }

    /**
     * All that is held now, and what changed.
     *
     * @param above only entries with a higher number, as far as entries are concerned
     * @param since only accounts, payments and settlements that changed at this time or later
     */
    public Report since(long above, Instant since) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            tx.execute("SET TRANSACTION READ ONLY");
            CheckStore store = tx.attach(CheckStore.class);
            List<Finding> findings = new ArrayList<>(List.of(
                    Finding.of("chain", store.brokenSeals(above)),
                    Finding.of("journals", store.unbalancedJournals(above)),
                    Finding.of("entries", store.brokenRuns(above)),
                    Finding.of("balances", store.wrongBalances(since)),
                    Finding.of("holds", store.wrongHolds()),
                    Finding.of("payments", store.wrongPayments(since)),
                    Finding.of("trades", store.wrongTrades(above)),
                    Finding.of("settlements", store.missingTrades(since))));
            if (above == 0) {
                findings.add(Finding.of("reservations", store.wrongReservations()));
            }
            return report(store, findings, tx);
        });
    }

    private static Report report(CheckStore store, List<Finding> findings, Handle tx) {
        Report.Chain chain = store.head()
                .map(head -> new Report.Chain(head.lastEntry(), HexFormat.of().formatHex(head.hash())))
                .orElse(NOT_SEALED);
        Instant now = tx.createQuery("SELECT now()").mapTo(Instant.class).one();
        return Report.of(findings, chain, now);
    }

    /** One line a finding, for people. */
    public static List<String> describe(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("ledger as of " + Times.format(report.checkedAt()) + ": "
                + (report.ok() ? "no differences" : report.differences() + " differences"));
        lines.add("chain sealed up to entry " + report.chain().sealedUpTo() + ", head "
                + report.chain().head());
        for (Finding finding : report.findings()) {
            lines.add("  " + finding.check() + ": " + finding.differences());
            finding.examples().forEach(example -> lines.add("    " + example));
        }
        return lines;
    }
}
