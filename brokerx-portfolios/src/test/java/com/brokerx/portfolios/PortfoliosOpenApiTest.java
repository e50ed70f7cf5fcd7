package com.brokerx.portfolios;

import com.brokerx.commons.app.HealthResource;
import com.brokerx.portfolios.cash.DepositResource;
import com.brokerx.portfolios.cash.WithdrawalResource;
import com.brokerx.portfolios.history.BalanceResource;
import com.brokerx.portfolios.history.StatementResource;
import com.brokerx.portfolios.history.TransactionResource;
import com.brokerx.portfolios.portfolio.DefaultPortfolioResource;
import com.brokerx.portfolios.portfolio.PortfolioResource;
import com.brokerx.portfolios.position.PositionResource;
import com.brokerx.testing.OpenApiDocument;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortfoliosOpenApiTest {

    @Test
    void documentsThePublicApiAsItIs() {
        OpenApiDocument.assertUpToDate(
                "portfolios",
                "BrokerX portfolios",
                "Cash and shares: balances, deposits, withdrawals, positions and statements. Errors are "
                        + "application/problem+json (RFC 9457) with a stable code.",
                new LinkedHashSet<>(List.of(
                        DefaultPortfolioResource.class,
                        PortfolioResource.class,
                        BalanceResource.class,
                        PositionResource.class,
                        TransactionResource.class,
                        StatementResource.class,
                        DepositResource.class,
                        WithdrawalResource.class,
                        HealthResource.class)),
                PortfoliosCode.values());
    }
}
