package com.brokerx.portfolios.history;

import com.brokerx.commons.page.PageRequest;
import com.brokerx.portfolios.portfolio.Portfolio;
import com.brokerx.portfolios.portfolio.PortfolioService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What was in a portfolio at some time, and what happened in it. Each throws a problem, 404, where the client has no such portfolio. */
public final class HistoryService {

    private final PortfolioService portfolios;
    private final Jdbi jdbi;
    private final InstantSource clock;

    public HistoryService(PortfolioService portfolios, Jdbi jdbi, InstantSource clock) {
        this.portfolios = portfolios;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param at empty for now */
    BalanceView balance(UUID clientId, UUID portfolioId, Optional<Instant> at) {
        Portfolio portfolio = portfolios.require(clientId, portfolioId);
        return at.map(time -> balanceAt(portfolio, time))
                .orElseGet(() -> BalanceView.of(portfolio, portfolio.available(), portfolio.held(), clock.instant()));
    }

    /** From the last entry of that time; nothing before the first one. */
    private BalanceView balanceAt(Portfolio portfolio, Instant at) {
        return jdbi.withExtension(TransactionStore.class, store -> store.balanceAt(portfolio.accountId(), at))
                .map(then -> BalanceView.of(portfolio, then.available(), then.held(), at))
                .orElseGet(() -> BalanceView.of(portfolio, 0, 0, at));
    }

    /**
     * Newest first, one more than the page has if there are more.
     *
     * @param asset null for all
     */
    List<Transaction> transactions(UUID clientId, UUID portfolioId, String asset, PageRequest page) {
        Portfolio portfolio = portfolios.require(clientId, portfolioId);
        Transaction.Position before = page.before(Transaction.Position::parse).orElse(Transaction.Position.NEWEST);
        return jdbi.withExtension(
                TransactionStore.class,
                store -> store.list(portfolio.id(), asset, before.createdAt(), before.id(), page.limitPlusOne()));
    }
}
