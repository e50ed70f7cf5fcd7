package com.brokerx.portfolios.settlement;

import com.brokerx.portfolios.ledger.AccountKey;
import java.util.List;
import java.util.UUID;

/** Something in the market that moves money and shares, in the ledger's units. */
sealed interface MarketEvent permits Trade, Close {

    /** The accounts that it may change. */
    List<AccountKey> accounts();

    /** The orders whose reservations it may change. */
    List<UUID> orders();
}
