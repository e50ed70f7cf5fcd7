package com.brokerx.portfolios.reservation;

import com.brokerx.portfolios.ledger.AccountKey;
import java.util.UUID;

/**
 * A request to reserve, in the ledger's units.
 *
 * @param amount the total that the order may ever spend, above zero
 */
public record ReserveOrder(UUID clientId, UUID orderId, String asset, long amount, int version) {

    AccountKey account() {
        return new AccountKey(clientId, asset);
    }
}
