package com.brokerx.portfolios.portfolio;

import com.brokerx.facades.portfolios.PortfoliosFacade.Balance;
import com.brokerx.facades.portfolios.PortfoliosFacade.Position;
import com.brokerx.portfolios.portfolio.PortfolioStore.AssetBalance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What a client has for orders, as other services ask it; nothing for one who is not known. */
@Path("/internal/balance")
@Produces(MediaType.APPLICATION_JSON)
public final class InternalBalanceResource {

    private static final AssetBalance NOTHING = new AssetBalance("", true, 2, 0, 0);

    private final Jdbi jdbi;
    private final String currency;

    public InternalBalanceResource(Jdbi jdbi, String currency) {
        this.jdbi = jdbi;
        this.currency = currency;
    }

    @GET
    @Path("/{client_id}")
    public Balance balance(@PathParam("client_id") UUID clientId) {
        List<AssetBalance> balances = jdbi.withExtension(PortfolioStore.class, store -> store.balances(clientId));
        AssetBalance cash = balances.stream()
                .filter(balance -> balance.asset().equals(currency))
                .findFirst()
                .orElse(NOTHING);
        return new Balance(
                clientId,
                currency,
                BigDecimal.valueOf(cash.available(), cash.scale()),
                BigDecimal.valueOf(cash.held(), cash.scale()),
                BigDecimal.valueOf(cash.available() + cash.held(), cash.scale()),
                balances.stream()
                        .filter(balance -> !balance.isCurrency())
                        .map(InternalBalanceResource::position)
                        .toList());
    }

    private static Position position(AssetBalance shares) {
        return new Position(shares.asset(), shares.available() + shares.held(), shares.available(), shares.held());
    }
}
