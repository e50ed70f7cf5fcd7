package com.brokerx.portfolios.ledger;

import com.brokerx.commons.json.Times;
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

    /** How many examples a finding names. */
    private static final int EXAMPLES = 10;

    /**
     * @param differences how many there are; zero is right
     * @param examples the first of them, in words
     */
    public record Finding(String check, long differences, List<String> examples) {}

    /**
     * @param sealedUpTo the last entry under the chain
     * @param chainHead the last seal's hash; whoever noted an earlier one can ask for it again
     */
    public record Report(boolean ok, List<Finding> findings, long sealedUpTo, String chainHead, Instant checkedAt) {
        public long differences() {
            return findings.stream().mapToLong(Finding::differences).sum();
        }
    }

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
            List<Finding> findings = List.of(
                    finding("chain", store.brokenSeals(above)),
                    finding("journals", store.unbalancedJournals(above)),
                    finding("entries", store.brokenRuns(above)),
                    finding("balances", store.wrongBalances(since)),
                    finding("holds", store.wrongHolds()),
                    finding("payments", store.wrongPayments(since)),
                    finding("trades", store.wrongTrades(above)),
                    finding("settlements", store.missingTrades(since)));
            return report(store, findings, tx);
        });
    }

    private static Finding finding(String check, List<String> differences) {
        return new Finding(
                check, differences.size(), differences.stream().limit(EXAMPLES).toList());
    }

    private static Report report(CheckStore store, List<Finding> findings, Handle tx) {
        boolean ok = findings.stream().allMatch(finding -> finding.differences() == 0);
        CheckStore.Head head = store.head().orElse(new CheckStore.Head(0, new byte[0]));
        Instant now = tx.createQuery("SELECT now()").mapTo(Instant.class).one();
        return new Report(ok, findings, head.lastEntry(), HexFormat.of().formatHex(head.hash()), now);
    }

    /** One line a finding, for people. */
    public static List<String> describe(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("ledger as of " + Times.format(report.checkedAt()) + ": "
                + (report.ok() ? "no differences" : report.differences() + " differences"));
        lines.add("chain sealed up to entry " + report.sealedUpTo() + ", head " + report.chainHead());
        for (Finding finding : report.findings()) {
            lines.add("  " + finding.check() + ": " + finding.differences());
            finding.examples().forEach(example -> lines.add("    " + example));
        }
        return lines;
    }
}
