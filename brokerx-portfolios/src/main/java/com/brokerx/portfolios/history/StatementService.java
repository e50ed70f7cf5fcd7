package com.brokerx.portfolios.history;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.PortfoliosCode;
import com.brokerx.portfolios.portfolio.Portfolio;
import com.brokerx.portfolios.portfolio.PortfolioService;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Makes account statements. */
public final class StatementService {

    private static final int CSV_PORTION = 1000;

    /**
     * What a statement is about.
     *
     * @param from the first moment of the period
     * @param to the first moment after it
     */
    record Extent(Portfolio portfolio, Instant from, Instant to) {}

    private final PortfolioService portfolios;
    private final Jdbi jdbi;
    private final HistorySettings settings;
    private final InstantSource clock;

    public StatementService(PortfolioService portfolios, Jdbi jdbi, HistorySettings settings, InstantSource clock) {
        this.portfolios = portfolios;
        this.jdbi = jdbi;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param to null for now
     * @throws com.brokerx.commons.problem.ProblemException 404 when the client has no such portfolio, 422 when the period is too long
     */
    Extent extent(UUID clientId, UUID portfolioId, Instant from, Instant to) {
        Portfolio portfolio = portfolios.require(clientId, portfolioId);
        Extent extent = new Extent(portfolio, from, to == null ? clock.instant() : to);
        Duration length = Duration.between(extent.from, extent.to);
        if (length.isNegative() || length.compareTo(settings.longestStatement().toJavaDuration()) > 0) {
            throw Problem.ofField(
                            CommonCode.VALIDATION_FAILED,
                            "to",
                            "has to follow from within " + settings.longestStatement())
                    .asException();
        }
        return extent;
    }

    /** @throws com.brokerx.commons.problem.ProblemException 422 when it has more lines than one answer may have */
    Statement statement(Extent extent) {
        int maximum = settings.maximumStatementLines();
        Portfolio portfolio = extent.portfolio;
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            List<StatementLine> lines = tx.attach(StatementStore.class)
                    .lines(portfolio.id(), Transaction.Position.before(extent.from), extent.to, maximum + 1);
            if (lines.size() > maximum) {
                throw Problem.of(
                                PortfoliosCode.LIMIT_EXCEEDED,
                                "the period has more than " + maximum
                                        + " lines; ask for a shorter one, or for format=csv")
                        .asException();
            }
            TransactionStore transactions = tx.attach(TransactionStore.class);
            return new Statement(
                    portfolio.id(),
                    portfolio.currency(),
                    extent.from,
                    extent.to,
                    before(transactions, portfolio, extent.from),
                    before(transactions, portfolio, extent.to),
                    lines);
        });
    }

    private static BalanceView before(TransactionStore store, Portfolio portfolio, Instant time) {
        Instant lastMoment = Transaction.Position.before(time).createdAt();
        return store.balanceAt(portfolio.accountId(), lastMoment)
                .map(then -> BalanceView.of(portfolio, then.available(), then.held(), time))
                .orElseGet(() -> BalanceView.of(portfolio, 0, 0, time));
    }

    /** Reads in portions, so that its length costs no memory, and a slow reader holds no connection to the database. */
    void writeCsv(Extent extent, Writer out) throws IOException {
        StatementCsv.writeHeader(out);
        Transaction.Position after = Transaction.Position.before(extent.from);
        List<StatementLine> lines;
        do {
            lines = portion(extent, after);
            for (StatementLine line : lines) {
                StatementCsv.write(line, out);
                after = line.position();
            }
        } while (lines.size() == CSV_PORTION);
        out.flush();
    }

    private List<StatementLine> portion(Extent extent, Transaction.Position after) {
        return jdbi.withExtension(
                StatementStore.class, store -> store.lines(extent.portfolio.id(), after, extent.to, CSV_PORTION));
    }
}
