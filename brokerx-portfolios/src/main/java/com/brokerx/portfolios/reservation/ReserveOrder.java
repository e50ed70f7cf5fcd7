package com.brokerx.portfolios.reservation;

import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.portfolio.Portfolios;
import java.util.Optional;
import java.util.UUID;

/**
 * A request to reserve, in the ledger's units.
 *
 * @param amount the total that the order may ever spend, above zero
 * @param shares that the order buys or sells, and the currency that they are traded in, where the caller said so
 */
public record ReserveOrder(
        UUID clientId, UUID orderId, String asset, long amount, int version, Optional<Portfolios.Wanted> shares) {

    /** Whatever is bought, and in whatever currency it is sold. */
    public ReserveOrder(UUID clientId, UUID orderId, String asset, long amount, int version) {
        this(clientId, orderId, asset, amount, version, Optional.empty());
    }

    AccountKey account() {
        return new AccountKey(clientId, asset);
    }
}
