package com.brokerx.portfolios.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * A client's account as it stands in the database.
 *
 * @param trading whether the client's orders in this asset go through it
 * @param frozen nothing new may be reserved
 * @param available units that may be spent
 * @param held units that orders and pending withdrawals may still need
 * @param position what shares cost and brought; zero for cash
 */
public record Account(
        long id,
        UUID portfolioId,
        UUID clientId,
        String asset,
        boolean trading,
        boolean frozen,
        long available,
        long held,
        CostBasis position,
        Instant updatedAt) {

    public AccountKey key() {
        return new AccountKey(clientId, asset);
    }

    public long total() {
        return Math.addExact(available, held);
    }
}
