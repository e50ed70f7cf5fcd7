package com.brokerx.portfolios.ledger;

import com.brokerx.commons.json.Times;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Recomputes what the ledger says from what it is made of, and reports every difference. Everything is read in one snapshot, so that
 * trading goes on meanwhile and nothing under way looks wrong.
 */
public final class LedgerCheck {

    /** Above every entry's number, with room for what the queries look beyond. */
    private static final long NO_END = Long.MAX_VALUE / 2;

    private static final Report.Chain NOT_SEALED = new Report.Chain(0, "");

    private final Jdbi jdbi;

    public LedgerCheck(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Everything, from the first entry on; its time grows with the ledger. */
    public Report full() {
        return since(0, NO_END, Instant.EPOCH);
    }

    /**
     * All that is held now, and what changed.
     *
     * @param above only entries with a higher number, as far as entries are concerned
     * @param entries so many of them and no more, but for the rest of a seal: a check never takes long
     * @param since only accounts and payments that changed at this time or later
     * @return a report whose chain ends where the check did
     */
    public Report since(long above, long entries, Instant since) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            tx.execute("SET TRANSACTION READ ONLY");
            tx.execute("SET LOCAL max_parallel_workers_per_gather = 0"); // those who trade come first
            CheckStore store = tx.attach(CheckStore.class);
            long upTo = entries == NO_END
                    ? NO_END
                    : store.sealedBehind(above + entries).orElse(NO_END);
            List<Finding> findings = new ArrayList<>(List.of(
                    Finding.of("chain", store.brokenSeals(above, upTo)),
                    Finding.of("journals", store.unbalancedJournals(above, upTo)),
                    Finding.of("entries", store.brokenRuns(above, upTo)),
                    Finding.of("balances", store.wrongBalances(since)),
                    Finding.of("holds", store.wrongHolds()),
                    Finding.of("payments", store.wrongPayments(since)),
                    Finding.of("trades", store.wrongTrades(above, upTo)),
                    Finding.of("settlements", store.missingTrades(above, upTo))));
            if (above == 0) {
                findings.add(Finding.of("reservations", store.wrongReservations()));
            }
            return report(store.head(upTo), findings, tx);
        });
    }

    private static Report report(Optional<CheckStore.Head> end, List<Finding> findings, Handle tx) {
        Report.Chain chain = end.map(head ->
                        new Report.Chain(head.lastEntry(), HexFormat.of().formatHex(head.hash())))
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
