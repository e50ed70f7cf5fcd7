package com.brokerx.portfolios.settlement;

import com.brokerx.portfolios.ledger.AccountKey;
import java.util.List;
import java.util.UUID;

/** An order that will never trade again, having spent {@code settledTotal} of {@code asset} in all. */
record Close(UUID orderId, UUID clientId, String asset, long settledTotal) implements MarketEvent {

    @Override
    public List<AccountKey> accounts() {
        return List.of(new AccountKey(clientId, asset));
    }

    @Override
    public List<UUID> orders() {
        return List.of(orderId);
    }
}
