package com.brokerx.portfolios.reservation;

import com.brokerx.portfolios.ledger.AccountKey;
import java.util.Optional;
import java.util.UUID;

/**
 * A request to reserve, in the ledger's units.
 *
 * @param amount the total that the order may ever spend, above zero
 * @param currency that the shares of a sell are traded in, where the caller said so
 */
public record ReserveOrder(
        UUID clientId, UUID orderId, String asset, long amount, int version, Optional<String> currency) {

    /** In whatever currency. */
    public ReserveOrder(UUID clientId, UUID orderId, String asset, long amount, int version) {
        this(clientId, orderId, asset, amount, version, Optional.empty());
    }

    AccountKey account() {
        return new AccountKey(clientId, asset);
    }
}
