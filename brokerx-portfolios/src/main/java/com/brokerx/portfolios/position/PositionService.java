package com.brokerx.portfolios.position;

import com.brokerx.portfolios.portfolio.PortfolioService;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What clients ask about their shares. */
public final class PositionService {

    private final PortfolioService portfolios;
    private final Jdbi jdbi;

    public PositionService(PortfolioService portfolios, Jdbi jdbi) {
        this.portfolios = portfolios;
        this.jdbi = jdbi;
    }

    /**
     * @param sold whether symbols are wanted of which there were shares once
     * @throws com.brokerx.commons.problem.ProblemException 404 when the client has no such portfolio
     */
    List<Position> list(UUID clientId, UUID portfolioId, boolean sold) {
        portfolios.require(clientId, portfolioId);
        return jdbi.withExtension(PositionStore.class, store -> store.list(portfolioId, sold));
    }
}
